import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf, type Context } from '~/domain/kernel'
import { changeOwnership, giveVerdict, logContact, undoActivity } from '~/domain/leads'
import { setHours } from '~/domain/orgs'
import { clocksOf, createPolicy, fireTimers, keepClocks } from '~/domain/sla'
import type { Id } from '~/lib/ids'
import { leads, outbox, slaClockChanges, slaClocks, slaFirings } from '~db/schema'
import { aLead, later } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

const me = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const minutes = (ctx: Context, count: number): Context => ({ ...ctx, now: new Date(NOON.getTime() + count * 60_000) })
const clocks = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(slaClocks).where(eq(slaClocks.orgId, org.orgId)).orderBy(slaClocks.turn))
const said = async (org: TestOrganisation) => {
  const events = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)).orderBy(outbox.seq))
  return events.filter(({ name }) => name.startsWith('sla.')).map(({ name, payload }) => [name, payload as Record<string, unknown>] as const)
}
async function aClock(terms: object = {}, lead: object = {}) {
  const org = await anOrganisation()
  await createPolicy(org.system, { name: 'An hour', firstMinutes: 60, ...terms })
  const { leadId } = await aLead(org, lead)
  await keepClocks(org.system, [leadId])
  return { org, leadId }
}

describe('a clock', () => {
  it('starts once however often it is told, and only a contact stops it', async () => {
    const { org, leadId } = await aClock()
    await keepClocks(minutes(org.system, 1), [leadId, leadId])
    expect(await clocks(org)).toMatchObject([{ turn: 1, startedAt: NOON, runsAt: NOON, warn50At: minutes(org.system, 30).now, warn80At: minutes(org.system, 48).now, dueAt: minutes(org.system, 60).now, stoppedAt: null, nextTimerAt: minutes(org.system, 30).now }])
    const { activityId } = await logContact(minutes(org.system, 20), { leadId, kind: 'call', outcome: 'no_answer' })
    // It is shown stopped at once, before its handler has run.
    expect((await clocksOf(minutes(org.system, 20), { leadIds: [leadId] })).get(leadId)).toMatchObject({ state: 'kept' })
    await keepClocks(minutes(org.system, 21), [leadId])
    expect(await clocks(org)).toMatchObject([{ stoppedAt: minutes(org.system, 20).now, stopReason: 'contact', stoppedBy: activityId, breachedAt: null, nextTimerAt: null }])
  })

  it('goes on with the same due time when the contact is undone', async () => {
    const { org, leadId } = await aClock()
    const { activityId } = await logContact(minutes(org.system, 20), { leadId, kind: 'call', outcome: 'no_answer' })
    await keepClocks(minutes(org.system, 20), [leadId])
    await undoActivity(minutes(org.system, 35), { activityId })
    await keepClocks(minutes(org.system, 35), [leadId])
    expect(await clocks(org)).toMatchObject([{ stoppedAt: null, stopReason: null, dueAt: minutes(org.system, 60).now, nextTimerAt: minutes(org.system, 30).now }])
    expect(await fireTimers(minutes(org.system, 36).now)).toBe(1)
    expect((await said(org)).map(([name, { percent }]) => [name, percent])).toEqual([['sla.warned', 50]])
  })

  it('warns at half and at four fifths, breaches once, and says nothing twice', async () => {
    const { org, leadId } = await aClock()
    for (const at of [29, 30, 30, 48, 48, 60, 60, 90]) await fireTimers(minutes(org.system, at).now)
    expect((await said(org)).map(([name, { percent, act }]) => [name, percent ?? act])).toEqual([['sla.warned', 50], ['sla.warned', 80], ['sla.breached', 'notify']])
    // The same timers told again, as by a worker that died before it had written that it was done.
    await asSuperuser((tx) => tx.update(slaClocks).set({ nextTimerAt: minutes(org.system, 30).now }).where(eq(slaClocks.orgId, org.orgId)))
    expect(await fireTimers(minutes(org.system, 91).now)).toBe(0)
    expect(await said(org)).toHaveLength(3)
    expect(await clocks(org)).toMatchObject([{ breachedAt: minutes(org.system, 60).now, nextTimerAt: null }])
    await logContact(minutes(org.system, 95), { leadId, kind: 'call', outcome: 'busy' })
    await keepClocks(minutes(org.system, 95), [leadId])
    expect((await clocksOf(minutes(org.system, 96), { leadIds: [leadId] })).get(leadId)).toMatchObject({ state: 'missed', breachedAt: minutes(org.system, 60).now })
  })

  it('after an outage tells only the latest', async () => {
    const { org } = await aClock()
    expect(await fireTimers(minutes(org.system, 500).now)).toBe(1)
    expect((await said(org)).map(([name]) => name)).toEqual(['sla.breached'])
    expect((await asSuperuser((tx) => tx.select().from(slaFirings).where(eq(slaFirings.orgId, org.orgId)))).map(({ kind }) => kind)).toEqual(['breach'])
  })

  it('does not speak of a lead that was answered, though its event is still on the way; a contact dated before the due time was in time', async () => {
    const { org, leadId } = await aClock()
    await logContact(minutes(org.system, 70), { leadId, kind: 'call', outcome: 'busy', at: minutes(org.system, 40).now })
    expect(await fireTimers(minutes(org.system, 71).now)).toBe(0)
    expect(await clocks(org)).toMatchObject([{ stoppedAt: minutes(org.system, 40).now, breachedAt: null }])
  })

  it('ends where the lead is junk, and begins for no history that is imported', async () => {
    const { org, leadId } = await aClock()
    await giveVerdict(minutes(org.system, 5), { leadId, verdict: 'junk', reason: 'spam' })
    await keepClocks(minutes(org.system, 6), [leadId])
    expect(await clocks(org)).toMatchObject([{ stopReason: 'junk', breachedAt: null, nextTimerAt: null }])
    expect((await clocksOf(org.system, { leadIds: [leadId] })).get(leadId)?.state).toBe('cancelled')
    await giveVerdict(minutes(org.system, 7), { leadId, verdict: 'valid' })
    await keepClocks(minutes(org.system, 7), [leadId])
    expect(await clocks(org)).toMatchObject([{ stoppedAt: null, dueAt: minutes(org.system, 60).now }])
    const old = await aLead(org, { isImported: true })
    const before = await aLead(org, { cameInAt: later(org.system, -1).now, createdAt: later(org.system, -1).now })
    await keepClocks(org.system, [old.leadId, before.leadId])
    expect(await clocks(org)).toHaveLength(1)
  })

  it('goes on with a new owner; by the owner’s hours, what is left of it runs in theirs, and that is noted', async () => {
    const { org, leadId } = await aClock({ calendar: 'owner' })
    const [li, smith] = [await org.as('rep'), await org.as('rep')]
    // Noon in Shanghai is six in Berlin: Smith begins three hours later.
    await setHours(org.system, { memberId: me(smith), timeZone: 'Europe/Berlin', hours: Array.from({ length: 7 }, () => '09:00-17:00') })
    await changeOwnership(minutes(org.system, 10), { leadId, to: me(li) })
    await keepClocks(minutes(org.system, 10), [leadId])
    expect(await clocks(org)).toMatchObject([{ ownerId: me(li), dueAt: minutes(org.system, 60).now }])
    await changeOwnership(minutes(org.system, 20), { leadId, to: me(smith) })
    await keepClocks(minutes(org.system, 20), [leadId])
    expect(await clocks(org)).toMatchObject([{ ownerId: me(smith), warn50At: minutes(org.system, 190).now, dueAt: minutes(org.system, 220).now, nextTimerAt: minutes(org.system, 190).now }])
    expect(await asSuperuser((tx) => tx.select().from(slaClockChanges).where(eq(slaClockChanges.orgId, org.orgId)))).toMatchObject([{ reason: 'owner', dueBefore: minutes(org.system, 60).now, dueAfter: minutes(org.system, 220).now, ownerId: me(smith) }])
  })

  it('at breach tells the managers of the team, or gives the lead back to the pool', async () => {
    const org = await anOrganisation()
    const [rep, manager] = [await org.as('rep'), await org.as('manager')]
    await createPolicy(org.system, { name: 'Escalates', firstMinutes: 10, atBreach: 'escalate', ofCustomer: 'yes' })
    await createPolicy(org.system, { name: 'Returns', firstMinutes: 10, atBreach: 'reassign' })
    const told = await aLead(org, { ownerId: me(rep), ofCustomer: true })
    const lost = await aLead(org, { ownerId: me(rep) })
    await keepClocks(org.system, [told.leadId, lost.leadId])
    expect(await fireTimers(minutes(org.system, 11).now)).toBe(2)
    const breaches = new Map((await said(org)).map(([, payload]) => [payload['leadId'], payload]))
    expect(breaches.get(told.leadId)).toMatchObject({ act: 'escalate', tell: [me(rep), me(manager)] })
    expect(breaches.get(lost.leadId)).toMatchObject({ act: 'reassign', tell: [me(rep)], ownerId: me(rep) })
    const owners = await asSuperuser((tx) => tx.select({ id: leads.id, ownerId: leads.ownerId }).from(leads).where(eq(leads.orgId, org.orgId)))
    expect(new Map(owners.map(({ id, ownerId }) => [id, ownerId]))).toEqual(new Map([[told.leadId, me(rep)], [lost.leadId, null]]))
  })

  it('a later turn begins after an answered contact, not before the step agreed, and the next contact ends it', async () => {
    const { org, leadId } = await aClock({ nextMinutes: 60, nextAfter: 'inbound_or_answered' })
    const first = await logContact(minutes(org.system, 10), { leadId, kind: 'call', outcome: 'connected', nextStepAt: minutes(org.system, 120).now })
    await keepClocks(minutes(org.system, 10), [leadId])
    expect(await clocks(org)).toMatchObject([{ turn: 1, stoppedBy: first.activityId }, { turn: 2, startedBy: first.activityId, startedAt: minutes(org.system, 120).now, dueAt: minutes(org.system, 180).now, stoppedAt: null }])
    await keepClocks(minutes(org.system, 10), [leadId])
    await undoActivity(minutes(org.system, 11), { activityId: first.activityId })
    await keepClocks(minutes(org.system, 11), [leadId])
    expect(await clocks(org)).toMatchObject([{ turn: 1, stoppedAt: null }, { turn: 2, stopReason: 'undone', nextTimerAt: null }])
    const second = await logContact(minutes(org.system, 12), { leadId, kind: 'call', outcome: 'connected' })
    const third = await logContact(minutes(org.system, 30), { leadId, kind: 'call', outcome: 'no_answer' })
    await keepClocks(minutes(org.system, 31), [leadId])
    expect((await clocks(org)).filter(({ stopReason }) => stopReason !== 'undone')).toMatchObject([{ stoppedBy: second.activityId }, { turn: 2, startedBy: second.activityId, stoppedBy: third.activityId }])
  })
})
