import { describe, expect, it } from 'vitest'
import { countReadable, processDelivery, replayDeliveries, sourceDetail, updateSource } from '~/domain/capture'
import { archiveChannel, createChannel } from '~/domain/channels'
import { isRefusal, memberOf, type Context } from '~/domain/kernel'
import { deactivateMember } from '~/domain/orgs'
import { anOrganisation } from '~tests/support/organisations'
import { aStandardSource, countIn, deliveryIds, processAll, rowsIn } from './a-source'

function idOf({ actor }: Context) {
  const id = memberOf(actor)
  if (id === null) throw new Error('not a member')
  return id
}
const codeOf = async (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))

describe('updateSource', () => {
  it('changes the name and where leads go from now on; leads that came stay', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    await source.post({ data: { external_id: 'a', email: 'a@acme.cn' } })
    await processAll(org)
    const { channelId } = await createChannel(org.system, { name: 'Fair', kind: 'event' })
    const rep = { memberId: idOf(await org.as('rep')) }
    await updateSource(org.system, { sourceId: source.sourceId, name: 'Stand 7', channelId, productLineId: null, ownerId: rep.memberId, leadRule: 'on_request', defaultCountry: 'DE' })
    expect(await sourceDetail(org.system, { sourceId: source.sourceId })).toMatchObject({ name: 'Stand 7', channel: { name: 'Fair' }, owner: { id: rep.memberId }, leadRule: 'on_request', defaultCountry: 'DE' })
    await source.post({ data: { external_id: 'b', email: 'b@other.de', message: 'Please send a price' } })
    await processAll(org)
    const leads = await rowsIn<{ owner_id: string | null; channel_id: string | null }>(org, 'leads')
    expect(leads.map(({ owner_id: owner, channel_id: channel }) => [owner === null, channel === null]).sort()).toEqual([[false, false], [true, true]])
    const audited = await rowsIn<{ action: string }>(org, 'audit_entries')
    expect(audited.map(({ action }) => action)).toContain('source.update')
  })

  it('keeps an archived channel and a leaver where nothing else was asked, and refuses them anew', async () => {
    const org = await anOrganisation()
    const { channelId } = await createChannel(org.system, { name: 'Fair', kind: 'event' })
    const rep = { memberId: idOf(await org.as('rep')) }
    const source = await aStandardSource(org, { channelId, ownerId: rep.memberId })
    const other = await aStandardSource(org, { name: 'Second' })
    await archiveChannel(org.system, { channelId })
    await deactivateMember(org.system, { memberId: rep.memberId })
    const as = (name: string) => ({ name, channelId, productLineId: null, ownerId: rep.memberId, leadRule: 'always' as const, defaultCountry: 'CN' })
    await updateSource(org.system, { sourceId: source.sourceId, ...as('First') })
    expect(await codeOf(updateSource(org.system, { sourceId: other.sourceId, ...as('Second'), ownerId: null }))).toBe('not-found')
    expect(await codeOf(updateSource(org.system, { sourceId: other.sourceId, ...as('Second'), channelId: null }))).toBe('member-inactive')
    expect(await codeOf(updateSource(org.system, { sourceId: other.sourceId, ...as('First'), channelId: null, ownerId: null }))).toBe('name-taken')
  })
})

describe('a range read again', () => {
  it('counts what can be read, reads it, and makes no second lead', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    await source.post({ data: { external_id: 'a', email: 'a@acme.cn' } }, { id: 'one' })
    await source.post({ data: { external_id: 'a', email: 'a@acme.cn' } }, { id: 'one' })
    await source.post({ data: { external_id: 'b', email: 'b@acme.cn' } }, { id: 'two', headers: { 'webhook-signature': 'v1,wrong' } })
    await source.post('nonsense', { id: 'three' })
    await processAll(org)
    // One lead and one unreadable of four: the second is a duplicate, the third was rejected.
    expect(await countReadable(org.system, {})).toBe(2)
    expect(await countReadable(org.system, { state: 'processed' })).toBe(1)
    expect(await countReadable(org.system, { state: 'duplicate' })).toBe(0)
    expect(await countReadable(org.system, { until: new Date(0) })).toBe(0)
    const before = await countIn(org, 'leads', 'inquiries')
    expect(await replayDeliveries(org.system, { sourceId: source.sourceId })).toEqual({ replayed: 2, next: null })
    for (const deliveryId of await deliveryIds(org)) await processDelivery(org.system, { deliveryId, again: true })
    expect(await countIn(org, 'leads', 'inquiries')).toEqual(before)
  })
})
