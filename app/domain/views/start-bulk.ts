import { sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import { bulkChanges, bulkRows } from '~db/schema'
import { can, command, DomainError } from '../kernel'
import { actionOf } from './bulk-actions'
import { targetOf } from './bulk-target'
import { StartBulk } from './contract'
import { viewerOf } from './view-rows'
import { bulkAtMost } from './vocabulary'

/**
 * Starts a change of many leads. Who is meant is written down at once, each with its version; the rows are then done in
 * chunks by `advanceBulk`. What changed since the list was looked at is passed over. Refuses: not-allowed, not-found
 * (no lead), too-many (50,000), invalid, reason-missing.
 */
export const startBulk = command({
  name: 'bulk.start',
  permission: 'leads:write',
  input: StartBulk,
  async run({ tx, ctx, input: { deed, target }, emit, audit }): Promise<{ bulkId: Id<'blk'>; total: number }> {
    if (!can(ctx.actor, actionOf(deed).permission)) throw new DomainError('not-allowed')
    if (deed.action === 'verdict' && deed.verdict === 'junk' && deed.reason === undefined) throw new DomainError('reason-missing', { fields: { reason: ['required'] } })
    const memberId = viewerOf(ctx)
    const bulkId = newId('blk')
    const { where, isChanged, asOf, search } = await targetOf(tx, ctx, target)
    const { action, ...params } = deed
    await tx.insert(bulkChanges).values({ orgId: ctx.orgId, id: bulkId, action, params, search, asOf, state: 'running', total: 0, memberId, startedAt: ctx.now })
    const [row] = await tx.execute<{ total: number; skipped: number }>(sql`
      with meant as (
        insert into ${bulkRows} (org_id, bulk_id, lead_id, version, state, reason)
        select org_id, ${toUuid(bulkId)}::uuid, id, version, case when stale then 'skipped' else 'pending' end, case when stale then 'changed' end
        from (select l.org_id, l.id, l.version, ${isChanged} as stale from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id where ${where} limit ${bulkAtMost + 1}) m
        returning state)
      select count(*)::int as total, count(*) filter (where state = 'skipped')::int as skipped from meant`)
    const { total, skipped } = row ?? { total: 0, skipped: 0 }
    if (total === 0) throw new DomainError('not-found')
    if (total > bulkAtMost) throw new DomainError('too-many')
    await tx.update(bulkChanges).set({ total, skipped }).where(sql`id = ${toUuid(bulkId)}::uuid`)
    await audit(bulkId, { after: { kind: action, counts: `${total}` } })
    await emit('bulk.requested', { bulkId })
    return { bulkId, total }
  },
})
