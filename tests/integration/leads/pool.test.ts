import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf, type Context } from '~/domain/kernel'
import {
  addToPool, archivePool, changeOwnership, claimLead, createPool, defaultPool, giveVerdict, givePoolLead, listPools, logContact, lostLeads, ownershipOf, poolPage, poolSettings, recycleEverywhere, recycleLeads,
  removeFromPool, replanHolds, returnLead, snoozeLead, updatePool, warnOfRecycling,
} from '~/domain/leads'
import type { Id } from '~/lib/ids'
import { activities, assignmentMembers, auditEntries, leads, members, outbox, ownershipChanges, poolPeople, pools } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

const rules: Record<'dailyCap' | 'heldCap' | 'protectionDays' | 'maxProtectionDays' | 'firstContactHours' | 'idleDays' | 'coolDownHours', number | null> & { forEveryone: boolean } = { dailyCap: null, heldCap: null, protectionDays: null, maxProtectionDays: null, firstContactHours: null, idleDays: null, coolDownHours: null, forEveryone: true }
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const idOf = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const poolOf = (org: TestOrganisation) => asSuperuser((tx) => defaultPool(tx, org.system)).then(({ id }) => id)
const rowOf = (leadId: Id<'lead'>) => asSuperuser((tx) => tx.select().from(leads).where(eq(leads.id, leadId))).then(([row]) => row)
const changesOf = (leadId: Id<'lead'>) => asSuperuser((tx) => tx.select().from(ownershipChanges).where(eq(ownershipChanges.leadId, leadId)).orderBy(ownershipChanges.id))
const ownPool = async (org: TestOrganisation, more: Partial<typeof rules>) => {
  const { leadId } = await aLead(org)
  const poolId = await poolOf(org)
  // Rules of long ago: what they take away needs no day of warning any more.
  await updatePool({ ...org.system, now: new Date(org.system.now.getTime() - 86_400_000 * 30) }, { poolId, ...rules, ...more })
  await replanHolds(org.system, {})
  return { leadId, poolId }
}
const createdPool = async (org: TestOrganisation) => (await createPool(org.system, { name: 'North' })).poolId

standingCases(claimLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }), asker: (stranger) => stranger.as('rep') })
standingCases(returnLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, reason: 'too_many' }) })
standingCases(givePoolLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, to: idOf(await owner.as('rep')) }) })
standingCases(recycleLeads, { input: () => ({}), foreign: 'names nothing' })
standingCases(warnOfRecycling, { input: () => ({}), foreign: 'names nothing' })
standingCases(replanHolds, { input: () => ({}), foreign: 'names nothing' })
standingCases(createPool, { input: () => ({ name: 'North' }), foreign: 'names nothing' })
standingCases(updatePool, { input: async (owner) => ({ poolId: await createdPool(owner), ...rules }) })
standingCases(archivePool, { input: async (owner) => ({ poolId: await createdPool(owner) }) })
standingCases(addToPool, { input: async (owner) => ({ poolId: await createdPool(owner), subject: idOf(await owner.as('rep')), role: 'claims' }) })
standingCases(removeFromPool, { input: async (owner) => ({ poolId: await createdPool(owner), subject: idOf(await owner.as('rep')), role: 'claims' }) })
standingCases(poolPage, { input: async (owner) => ({ poolId: await createdPool(owner) }), foreign: ({ rows }) => { expect(rows).toEqual([]) } })
standingCases(listPools, { input: async (owner) => { await createdPool(owner); return {} }, foreign: (found) => { expect(found).toEqual([]) } })
standingCases(poolSettings, { input: async (owner) => { await createdPool(owner); return {} }, foreign: (found) => { expect(found).toEqual([]) } })
standingCases(lostLeads, { input: () => ({}), foreign: 'names nothing' })
standingCases(ownershipOf, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })

describe('a place for every open lead', () => {
  it('a lead nobody owns lies in the pool, which is made on demand; closed leads need none', async () => {
    const org = await anOrganisation()
    const [first, second, closed] = [await aLead(org), await aLead(org), await aLead(org, { isOpen: false })]
    const poolId = await poolOf(org)
    expect([(await rowOf(first.leadId))?.poolId, (await rowOf(second.leadId))?.poolId, (await rowOf(closed.leadId))?.poolId]).toEqual([poolId, poolId, null])
    expect(await asSuperuser((tx) => tx.select().from(pools).where(eq(pools.orgId, org.orgId)))).toHaveLength(1)
    await giveVerdict(org.system, { leadId: first.leadId, verdict: 'junk', reason: 'spam' })
    await giveVerdict(org.system, { leadId: first.leadId, verdict: 'valid' })
    expect((await rowOf(first.leadId))?.poolId).toBe(poolId)
    expect((await asSuperuser((tx) => tx.update(leads).set({ poolId: null, ownerId: null }).where(eq(leads.id, second.leadId)).returning()))[0]?.poolId).toBe(poolId)
  })
})

describe('claiming', () => {
  it('takes a lead with one receipt, audit and event; the second hears who has it', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' })]
    const { leadId, poolId } = await ownPool(org, { protectionDays: 7, firstContactHours: 24 })
    const taken = await claimLead(li, { leadId })
    expect(taken).toMatchObject({ ownerId: idOf(li), poolId, version: 2, protectedUntil: later(li, 168).now, recycleAt: later(li, 24).now })
    expect(await claimLead(li, { leadId })).toEqual(taken)
    await expect(claimLead(wang, { leadId })).rejects.toMatchObject({ code: 'taken', params: { by: 'Li' } })
    expect(await changesOf(leadId)).toMatchObject([{ fromId: null, toId: idOf(li), fromPool: poolId, toPool: null, way: 'claim', actorId: idOf(li), protectedUntil: later(li, 168).now }])
    await asSuperuser(async (tx) => {
      expect((await tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'lead.owner-changed')))).map(({ payload }) => payload)).toEqual([{ leadId, from: null, to: idOf(li), way: 'claim' }])
      expect(await tx.select().from(auditEntries).where(and(eq(auditEntries.orgId, org.orgId), eq(auditEntries.action, 'lead.claim')))).toHaveLength(1)
    })
  })

  it('keeps to the caps of a day, of what one holds, and of open leads in all', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { poolId } = await ownPool(org, { dailyCap: 2 })
    const four = [await aLead(org), await aLead(org), await aLead(org), await aLead(org)].map(({ leadId }) => leadId)
    const claim = (ctx: Context, at: number) => claimLead(ctx, { leadId: four[at] as Id<'lead'> })
    await claim(rep, 0)
    await claim(rep, 1)
    await expect(claim(rep, 2)).rejects.toMatchObject({ code: 'pool-day-cap', params: { cap: 2 } })
    // Noon in Shanghai: the next day begins twelve hours later.
    expect(await refusal(claim(later(rep, 11.9), 2))).toBe('pool-day-cap')
    await updatePool(org.system, { poolId, ...rules, heldCap: 2 })
    expect(await refusal(claim(later(rep, 12.1), 2))).toBe('pool-held-cap')
    await updatePool(org.system, { poolId, ...rules })
    await asSuperuser((tx) => tx.insert(assignmentMembers).values({ orgId: org.orgId, memberId: idOf(rep), openCap: 3, languages: [], skills: [], updatedAt: rep.now }))
    await claim(rep, 2)
    expect(await refusal(claim(rep, 3))).toBe('at-cap')
    expect(await refusal(changeOwnership(org.system, { leadId: four[3] as Id<'lead'>, to: idOf(rep) }))).toBe('at-cap')
  })

  it('the last owner waits until the pause is over, others do not; whoever is not in the pool hears nothing', async () => {
    const org = await anOrganisation()
    const [li, wang, stranger] = [await org.as('rep'), await org.as('rep'), await org.as('rep')]
    const { leadId, poolId } = await ownPool(org, { coolDownHours: 48, forEveryone: false })
    for (const ctx of [li, wang]) await addToPool(org.system, { poolId, subject: idOf(ctx), role: 'claims' })
    expect(await refusal(claimLead(stranger, { leadId }))).toBe('not-found')
    await claimLead(li, { leadId })
    await returnLead(later(li, 1), { leadId, reason: 'cannot_reach', note: 'Nobody picks up' })
    await expect(claimLead(later(li, 48.9), { leadId })).rejects.toMatchObject({ code: 'cooling-down', params: { until: later(li, 49).now.toISOString() } })
    expect((await poolPage(later(li, 2), {})).rows[0]?.claimableAt).toEqual(later(li, 49).now)
    expect((await poolPage(later(wang, 2), {})).rows[0]?.claimableAt).toBeNull()
    expect((await poolPage(stranger, {})).rows).toEqual([])
    await claimLead(later(wang, 2), { leadId })
    await returnLead(later(wang, 3), { leadId, reason: 'too_many' })
    expect((await claimLead(later(li, 4), { leadId })).ownerId).toBe(idOf(li))
    await removeFromPool(org.system, { poolId, subject: idOf(wang), role: 'claims' })
    expect(await refusal(claimLead(wang, { leadId }))).toBe('not-found')
    expect(await asSuperuser((tx) => tx.select().from(poolPeople).where(eq(poolPeople.orgId, org.orgId)))).toHaveLength(1)
  })
})

describe('giving back and out', () => {
  it('needs a reason, keeps the words as a note that can be erased, and only one’s own', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: 'Li' }), await org.as('rep')]
    const { leadId } = await aLead(org)
    await claimLead(li, { leadId })
    expect(await refusal(returnLead(li, { leadId, reason: 'boring' as never }))).toBe('invalid')
    expect(await refusal(returnLead(wang, { leadId, reason: 'other' }))).toBe('not-found')
    await returnLead(li, { leadId, reason: 'wrong_area', note: 'They are in Chengdu' })
    const [, back] = await changesOf(leadId)
    expect(back).toMatchObject({ way: 'return', reason: 'wrong_area', fromId: idOf(li), toId: null })
    expect(await asSuperuser((tx) => tx.select().from(activities).where(eq(activities.leadId, leadId)))).toMatchObject([{ id: back?.noteId, kind: 'note', note: 'They are in Chengdu', memberId: idOf(li) }])
    expect((await ownershipOf(org.system, { leadId })).history.map(({ from, to, note, actor }) => [from, to, note, actor])).toEqual([['Li', null, 'They are in Chengdu', 'Li'], [null, 'Li', null, 'Li']])
    expect(await lostLeads(later(li, 24), {})).toMatchObject([{ leadId, way: 'return', reason: 'wrong_area', isInPool: true, hadSince: li.now, claimableAt: null }])
    expect(await lostLeads(later(li, 24 * 91), {})).toEqual([])
    expect(await lostLeads(wang, {})).toEqual([])
  })

  it('an administrator of a pool gives its leads out and takes them back; an archived or full pool is left alone', async () => {
    const org = await anOrganisation()
    const [head, li] = [await org.as('rep'), await org.as('rep', { name: 'Li' })]
    const { leadId, poolId } = await ownPool(org, {})
    expect(await refusal(givePoolLead(head, { leadId, to: idOf(li) }))).toBe('not-found')
    await addToPool(org.system, { poolId, subject: idOf(head), role: 'administers' })
    await givePoolLead(head, { leadId, to: idOf(li) })
    await expect(givePoolLead(head, { leadId, to: idOf(head) })).rejects.toMatchObject({ code: 'taken', params: { by: 'Li' } })
    expect((await givePoolLead(head, { leadId, to: null })).ownerId).toBeNull()
    expect((await changesOf(leadId)).map(({ way }) => way)).toEqual(['hand', 'hand'])
    const north = await createdPool(org)
    await changeOwnership(org.system, { leadId, to: null, poolId: north })
    expect(await refusal(archivePool(org.system, { poolId: north }))).toBe('conflict')
    expect(await refusal(createPool(org.system, { name: ' NORTH ' }))).toBe('name-taken')
    await changeOwnership(org.system, { leadId, to: null, poolId })
    await archivePool(org.system, { poolId: north })
    expect((await listPools(org.system, {})).map(({ isDefault }) => isDefault)).toEqual([true])
  })

  it('of two managers on one version the second hears who has it now', async () => {
    const org = await anOrganisation()
    const [boss, li, wang] = [await org.as('manager'), await org.as('rep', { name: 'Li' }), await org.as('rep')]
    const { leadId } = await aLead(org)
    await changeOwnership(boss, { leadId, to: idOf(li), version: 1 })
    await expect(changeOwnership(boss, { leadId, to: idOf(wang), version: 1 })).rejects.toMatchObject({ code: 'taken', params: { by: 'Li' } })
    expect((await changeOwnership(boss, { leadId, to: idOf(wang), version: 2, by: 'bulk', reason: 'region' })).version).toBe(3)
    expect((await changesOf(leadId)).map(({ way, reason }) => [way, reason])).toEqual([['hand', null], ['bulk', 'region']])
  })
})

describe('recycling', () => {
  it('warns a day before, once; a contact prolongs; what is due goes back once, with its reason', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    const { leadId } = await ownPool(org, { protectionDays: 3, firstContactHours: 30, maxProtectionDays: 10 })
    await claimLead(li, { leadId })
    const at = (hours: number) => later(org.system, hours)
    expect(await warnOfRecycling(at(5), {})).toEqual({ warned: 0, isDone: true })
    expect(await warnOfRecycling(at(7), {})).toEqual({ warned: 1, isDone: true })
    expect(await warnOfRecycling(at(8), {})).toEqual({ warned: 0, isDone: true })
    await logContact(later(li, 20), { leadId, kind: 'call', outcome: 'no_answer' })
    expect(await rowOf(leadId)).toMatchObject({ protectedUntil: at(92).now, recycleAt: at(92).now, recycleWarnedAt: null })
    expect(await recycleLeads(at(91.9), {})).toEqual({ recycled: 0, isDone: true })
    expect(await recycleLeads(at(92), {})).toEqual({ recycled: 1, isDone: true })
    expect(await recycleLeads(at(92), {})).toEqual({ recycled: 0, isDone: true })
    expect(await rowOf(leadId)).toMatchObject({ ownerId: null, ownedSince: null, protectedUntil: null, recycleAt: null })
    expect((await changesOf(leadId)).map(({ way, reason }) => [way, reason])).toEqual([['claim', 'claimed'], ['recycle', 'no_contact']])
    expect(await asSuperuser((tx) => tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'lead.recycle-near'))))).toHaveLength(1)
    expect(await lostLeads(later(li, 93), {})).toMatchObject([{ leadId, way: 'recycle', reason: 'no_contact', hadSince: li.now }])
  })

  it('a lead at rest stays, and counts from the end of its rest', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    const { leadId } = await ownPool(org, { idleDays: 2 })
    await claimLead(li, { leadId })
    await snoozeLead(li, { leadId, until: later(li, 240).now })
    expect(await recycleLeads(later(org.system, 239), {})).toEqual({ recycled: 0, isDone: true })
    expect(await rowOf(leadId)).toMatchObject({ recycleAt: later(li, 288).now })
    expect(await recycleLeads(later(org.system, 288), {})).toEqual({ recycled: 1, isDone: true })
  })

  it('a clock that was not told of a contact is put right instead', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    const { leadId } = await ownPool(org, { idleDays: 2 })
    await claimLead(li, { leadId })
    await asSuperuser((tx) => tx.update(leads).set({ lastContactAt: later(li, 40).now }).where(eq(leads.id, leadId)))
    expect(await recycleLeads(later(org.system, 49), {})).toEqual({ recycled: 0, isDone: true })
    expect(await rowOf(leadId)).toMatchObject({ ownerId: idOf(li), recycleAt: later(li, 88).now })
  })

  it('new rules set the clocks of all who hold anew, in steps, and take nothing within a day', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    const three = [await aLead(org), await aLead(org), await aLead(org)]
    for (const { leadId } of three) await claimLead(li, { leadId })
    const poolId = await poolOf(org)
    const now = later(org.system, 24 * 20)
    await updatePool(now, { poolId, ...rules, idleDays: 1 })
    expect(await refusal(updatePool(now, { poolId, ...rules, protectionDays: 9, maxProtectionDays: 8 }))).toBe('invalid')
    expect(await replanHolds(now, { limit: 2 })).toEqual({ replanned: 2, isDone: false })
    expect((await poolSettings(now, {}))[0]).toMatchObject({ held: 3, waiting: 0, isReplanning: true, idleDays: 1 })
    await recycleEverywhere(now.now)
    for (const { leadId } of three) expect(await rowOf(leadId)).toMatchObject({ ownerId: idOf(li), recycleAt: later(now, 24).now, recycleWarnedAt: now.now })
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, idOf(li))))
    await recycleEverywhere(later(now, 24).now)
    for (const { leadId } of three) expect((await rowOf(leadId))?.ownerId).toBeNull()
  })
})
