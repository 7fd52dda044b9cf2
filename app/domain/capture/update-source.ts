import { and, eq } from 'drizzle-orm'
import { sources } from '~db/schema'
import { command } from '../kernel'
import { UpdateSource } from './contract'
import { lockedSource } from './locked-source'
import { assertCampaign, assertSourcePlaces, refuseTakenName } from './source-places'

/** Changes a source's name and where its leads go from now on; leads that came stay. Refuses `not-found`, `name-taken`, `member-inactive`. */
export const updateSource = command({
  name: 'source.update',
  permission: 'sources:write',
  input: UpdateSource,
  async run({ tx, ctx, input: { sourceId, ...after }, audit }): Promise<void> {
    const { name, channelId, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry } = await lockedSource(tx, ctx, sourceId)
    // What stays as it was is not asked about: a source whose channel was archived can still be renamed.
    const changed = <T>(was: T, is: T) => (was === is ? null : is)
    await assertSourcePlaces(tx, ctx, { channelId: changed(channelId, after.channelId), productLineId: changed(productLineId, after.productLineId), ownerId: changed(ownerId, after.ownerId), poolId: changed(poolId, after.poolId) })
    if (after.campaignId !== null && (after.campaignId !== campaignId || after.channelId !== channelId)) await assertCampaign(tx, ctx, after)
    await refuseTakenName(() => tx.transaction((step) => step.update(sources).set(after).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))))
    await audit(sourceId, { before: { name, channelId, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry }, after })
  },
})
