import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { advanceBulk, bulkProgress, cancelBulk, listBulk, previewBulk, startBulk, undoBulk } from '~/domain/views'
import { addNote, changeOwnership, createField, leadFields, logContact, setLeadField, snoozeLead } from '~/domain/leads'
import { memberOf, type Context } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { activities, auditEntries, bulkChanges, bulkRows, leads, members, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later, type ALead } from '../leads/a-lead'

const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const asker = (stranger: TestOrganisation) => stranger.as('admin')
const onOne = async (owner: TestOrganisation) => ({ deed: { action: 'snooze' as const, until: later({ now: NOON }, 24).now }, target: { picked: [{ leadId: (await aLead(owner)).leadId, version: 1 }] } })
const aBulk = async (owner: TestOrganisation) => ({ bulkId: (await startBulk(await owner.as('admin'), await onOne(owner))).bulkId })
standingCases(previewBulk, { input: onOne, asker, foreign: ({ total, sample }) => { expect([total, sample]).toEqual([0, []]) } })
standingCases(startBulk, { input: onOne, asker })
standingCases(cancelBulk, { input: aBulk, asker })
standingCases(undoBulk, { input: aBulk, asker })
standingCases(bulkProgress, { input: aBulk, asker })
standingCases(listBulk, { input: async (owner) => { await aBulk(owner); return {} }, asker, foreign: (list) => { expect(list).toEqual([]) } })

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const rowsOfLeads = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, org.orgId)).orderBy(leads.id))
const counts = async (ctx: Context, bulkId: Id<'blk'>) => {
  const { bulk } = await bulkProgress(ctx, { bulkId })
  return [bulk.state, bulk.total, bulk.changed, bulk.unchanged, bulk.skipped, bulk.undone, bulk.kept]
}

/** A manager, two reps and so many leads; the list was looked at an hour after they came in. */
async function aTeam(count: number) {
  const org = await anOrganisation()
  const [manager, li, wang] = [await org.as('manager'), await org.as('rep'), await org.as('rep')]
  const world = await aWorld(org)
  const made: ALead[] = []
  for (let n = 0; n < count; n += 1) made.push(await aLead(org, { world }))
  return { org, manager: later(manager, 2), li, wang, world, made, asOf: later({ now: NOON }, 1).now }
}

describe('a bulk change', () => {
  it('does all that matched, passes over what changed since, and is undone except where somebody worked on', async () => {
    const { org, manager, li, wang, world, made, asOf } = await aTeam(120)
    const [first, second, third] = made as [ALead, ALead, ALead]
    await changeOwnership(org.system, { leadId: first.leadId, to: me(li) })
    // After the list was looked at: one changes hands, one comes in.
    await snoozeLead(later(org.system, 1.5), { leadId: second.leadId, until: later({ now: NOON }, 48).now })
    await aLead(org, { world, createdAt: later({ now: NOON }, 1.5).now })
    const asked = { deed: { action: 'assign' as const, to: me(li) }, target: { search: 'f=stage.is.inquiry&sort=-won&peek=x', asOf } }
    const preview = await previewBulk(manager, asked)
    expect(preview).toMatchObject({ total: 120, changes: 118, already: 1, barred: 0, stale: 1, isTooMany: false })
    expect(preview.sample).toHaveLength(5)
    expect(await refusal(startBulk(li, asked))).toBe('not-allowed')
    const { bulkId } = await startBulk(manager, asked)
    // Between start and work another one is touched.
    await snoozeLead(later(org.system, 2), { leadId: third.leadId, until: later({ now: NOON }, 48).now })
    await advanceBulk(org.system, { bulkId })
    await advanceBulk(org.system, { bulkId })
    expect(await counts(manager, bulkId)).toEqual(['done', 120, 117, 1, 2, 0, 0])
    expect((await bulkProgress(manager, { bulkId })).left.map(({ reason, state }) => [reason, state])).toEqual([['changed', 'skipped'], ['changed', 'skipped']])
    expect((await rowsOfLeads(org)).filter(({ ownerId }) => ownerId === me(li))).toHaveLength(118)
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'lead.change-ownership')))
    expect(log.filter(({ actorId }) => actorId === me(manager))).toHaveLength(117)

    const worked = made[50] as ALead
    await changeOwnership(org.system, { leadId: worked.leadId, to: me(wang) })
    expect(await refusal(undoBulk(later(manager, 24.1), { bulkId }))).toBe('undo-too-late')
    expect(await refusal(undoBulk(li, { bulkId }))).toBe('not-found')
    await undoBulk(later(manager, 23), { bulkId })
    await undoBulk(later(manager, 23), { bulkId })
    await advanceBulk(later(org.system, 25), { bulkId })
    expect(await counts(manager, bulkId)).toEqual(['undone', 120, 117, 1, 2, 116, 1])
    const after = await rowsOfLeads(org)
    expect([after.filter(({ ownerId }) => ownerId === null).length, after.find(({ id }) => id === worked.leadId)?.ownerId, after.find(({ id }) => id === first.leadId)?.ownerId]).toEqual([119, me(wang), me(li)])
    expect((await bulkProgress(manager, { bulkId })).left.filter(({ state }) => state === 'kept').map(({ leadId }) => leadId)).toEqual([worked.leadId])
    const told = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(told.filter(({ name }) => name === 'bulk.requested' || name === 'bulk.finished').map(({ name }) => name)).toEqual(['bulk.requested', 'bulk.finished', 'bulk.requested', 'bulk.finished'])
  })

  it('changes each lead once though its worker dies between chunks, and none after it was stopped', async () => {
    const { org, manager, made, li } = await aTeam(130)
    const picked = made.map(({ leadId }) => ({ leadId, version: 1 }))
    const { bulkId } = await startBulk(manager, { deed: { action: 'assign', to: me(li) }, target: { picked } })
    // The third chunk dies with its process: what it did is gone with it, and the first two stand.
    await asSuperuser((tx) => tx.execute(sql`create function pg_temp.die() returns trigger language plpgsql as $$ begin
      if (select count(*) from bulk_rows where bulk_id = new.bulk_id and state = 'changed') > 110 then raise exception 'killed'; end if; return new; end $$`))
    await asSuperuser((tx) => tx.execute(sql`create trigger die after update on bulk_rows for each row execute function pg_temp.die()`))
    await expect(advanceBulk(org.system, { bulkId })).rejects.toThrow()
    await asSuperuser((tx) => tx.execute(sql`drop trigger die on bulk_rows`))
    expect(await counts(manager, bulkId)).toEqual(['running', 130, 100, 0, 0, 0, 0])
    expect((await rowsOfLeads(org)).filter(({ ownerId }) => ownerId !== null)).toHaveLength(100)
    await advanceBulk(org.system, { bulkId })
    expect(await counts(manager, bulkId)).toEqual(['done', 130, 130, 0, 0, 0, 0])
    expect((await rowsOfLeads(org)).every(({ version }) => version === 2)).toBe(true)

    const again = await startBulk(manager, { deed: { action: 'return' }, target: { picked: picked.map((row) => ({ ...row, version: 2 })) } })
    await cancelBulk(manager, { bulkId: again.bulkId })
    await advanceBulk(org.system, { bulkId: again.bulkId })
    expect(await counts(manager, again.bulkId)).toEqual(['cancelled', 130, 0, 0, 130, 0, 0])
    expect((await listBulk(manager, {})).map(({ id }) => id)).toHaveLength(2)
  })

  it('rests, judges, notes and fills fields, each with its way back; refusals are listed', async () => {
    const { org, manager, made, world } = await aTeam(3)
    const target = () => ({ search: '', asOf: later({ now: NOON }, 2).now })
    const closed = await aLead(org, { world, isOpen: false, stage: { stage: 'won', wonAt: NOON } })
    const { fieldId } = await createField(org.system, { kind: 'text', labelEn: 'Batch' })
    const [a] = made as [ALead]
    await setLeadField(org.system, { leadId: a.leadId, fieldId, value: 'before' })
    const run = async (deed: object, at = 2) => {
      const ctx = later(manager, at - 2)
      const { bulkId } = await startBulk(ctx, { deed: deed as { action: 'return' }, target: { ...target(), asOf: ctx.now } })
      await advanceBulk(later(org.system, at), { bulkId })
      return bulkId
    }
    const undo = async (bulkId: Id<'blk'>, at: number) => { await undoBulk(later(manager, at - 2), { bulkId }); await advanceBulk(later(org.system, at), { bulkId }) }
    const until = later({ now: NOON }, 100).now
    expect(await previewBulk(manager, { deed: { action: 'snooze', until }, target: target() })).toMatchObject({ total: 4, changes: 3, barred: 1 })
    const rest = await run({ action: 'snooze', until })
    expect(await counts(manager, rest)).toEqual(['done', 4, 3, 0, 1, 0, 0])
    expect((await bulkProgress(manager, { bulkId: rest })).left).toMatchObject([{ leadId: closed.leadId, reason: 'lead-closed' }])
    await undo(rest, 3)
    const junk = await run({ action: 'verdict', verdict: 'junk', reason: 'spam' }, 4)
    expect((await rowsOfLeads(org)).every(({ verdict, isOpen }) => verdict === 'junk' && !isOpen)).toBe(true)
    await undo(junk, 5)
    expect((await rowsOfLeads(org)).map(({ verdict, isOpen, snoozedUntil }) => [verdict, isOpen, snoozedUntil])).toEqual([['valid', true, null], ['valid', true, null], ['valid', true, null], ['valid', false, null]])
    const noted = await run({ action: 'note', note: 'Met at the fair' }, 6)
    await addNote(org.system, { leadId: a.leadId, note: 'mine' })
    await undo(noted, 7)
    expect((await asSuperuser((tx) => tx.select().from(activities).where(eq(activities.orgId, org.orgId)))).filter(({ undoneAt }) => undoneAt === null).map(({ note }) => note)).toEqual(['mine'])
    const filled = await run({ action: 'field', fieldId, value: 'fair' }, 8)
    await logContact(later(org.system, 8.5), { leadId: (made[1] as ALead).leadId, kind: 'call', outcome: 'busy' })
    await undo(filled, 9)
    expect(await counts(manager, filled)).toEqual(['undone', 4, 4, 0, 0, 3, 1])
    expect(await leadFields(org.system, { leadIds: made.map(({ leadId }) => leadId) })).toEqual({ [a.leadId]: { [fieldId]: 'before' }, [(made[1] as ALead).leadId]: { [fieldId]: 'fair' } })
    expect(await refusal(startBulk(manager, { deed: { action: 'verdict', verdict: 'junk' }, target: target() }))).toBe('reason-missing')
    expect(await refusal(startBulk(manager, { deed: { action: 'return' }, target: { search: 'q=zzqqzz', asOf: NOON } }))).toBe('not-found')
  })

  it('acts with the rights its member has now', async () => {
    const { org, manager, made, li } = await aTeam(2)
    const { bulkId } = await startBulk(manager, { deed: { action: 'assign', to: me(li) }, target: { picked: made.map(({ leadId }) => ({ leadId, version: 1 })) } })
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, me(manager))))
    await advanceBulk(org.system, { bulkId })
    await asSuperuser(async (tx) => {
      expect((await tx.select().from(bulkChanges).where(eq(bulkChanges.id, bulkId)))[0]).toMatchObject({ state: 'done', changed: 0, skipped: 2 })
      expect((await tx.select().from(bulkRows).where(eq(bulkRows.bulkId, bulkId))).map(({ reason }) => reason)).toEqual(['not-allowed', 'not-allowed'])
    })
  })
})
