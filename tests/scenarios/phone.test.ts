import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { speedToLead } from '~/domain/analytics'
import { inTransaction, memberOf, type Context } from '~/domain/kernel'
import { noteFirstResponse } from '~/domain/leads'
import { setHours } from '~/domain/orgs'
import { clocksOf, createPolicy, fireTimers, keepClocks } from '~/domain/sla'
import type { Id } from '~/lib/ids'
import { leads, outbox, slaClocks } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'

const at = (ctx: Context, text: string): Context => ({ ...ctx, now: new Date(text) })

// product.md, "Phone": its first sentence. The accepted WeCom contact comes in by capture/record-touches, which calls noteFirstResponse.
it('a lead at 21:40: the clock starts at 09:00; at 09:03 the WeCom contact is accepted: first response 3 minutes', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep')
  await createPolicy(at(org.system, '2026-03-10T08:00:00+08:00'), { name: 'Quarter of an hour', firstMinutes: 15, nextMinutes: '' })
  const cameInAt = new Date('2026-03-10T21:40:00+08:00')
  const { leadId } = await aLead(org, { ownerId: memberOf(rep.actor) as Id<'mem'>, cameInAt, createdAt: cameInAt })
  await keepClocks(at(org.system, '2026-03-10T21:40:05+08:00'), [leadId])
  const evening = (await clocksOf(at(rep, '2026-03-10T22:00:00+08:00'), { leadIds: [leadId] })).get(leadId)
  expect(evening).toMatchObject({ state: 'waiting', runsAt: new Date('2026-03-11T09:00:00+08:00'), dueAt: new Date('2026-03-11T09:15:00+08:00'), leftMinutes: 15 })
  expect(await fireTimers(new Date('2026-03-11T09:02:59+08:00'))).toBe(0)

  const accepted = new Date('2026-03-11T09:03:00+08:00')
  await inTransaction({ ...org.system, now: accepted }, 'read write', (tx) => noteFirstResponse({ ...org.system, now: accepted, tx }, leadId, accepted))
  await keepClocks({ ...org.system, now: accepted }, [leadId])
  const [clock] = await asSuperuser((tx) => tx.select().from(slaClocks).where(eq(slaClocks.leadId, leadId)))
  expect(clock).toMatchObject({ stoppedAt: accepted, stopReason: 'contact', stoppedBy: null, breachedAt: null })
  expect(await fireTimers(new Date('2026-03-11T10:00:00+08:00'))).toBe(0)
  const { totals } = await speedToLead(at(org.system, '2026-03-11T12:00:00+08:00'), { from: '2026-03-10', to: '2026-03-10', by: 'owner' })
  expect(totals).toMatchObject({ answered: 1, working: { p50: 3 }, calendar: { p50: 683 }, kept: 1, missed: 0, in_time: 1 })
  const told = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))
  expect(told.map(({ name }) => name)).toEqual(['lead.changed'])
})

it('over the weekend in which Berlin changes its clocks, and over a leap day, nothing shifts', async () => {
  for (const [zone, cameIn, due] of [
    ['Europe/Berlin', '2026-03-27T17:30:00+01:00', '2026-03-30T09:30:00+02:00'], ['Europe/Berlin', '2026-10-23T17:30:00+02:00', '2026-10-26T09:30:00+01:00'],
    ['Asia/Shanghai', '2028-02-28T17:30:00+08:00', '2028-02-29T09:30:00+08:00'],
  ] as const) {
    const org = await anOrganisation({ timeZone: zone })
    const cameInAt = new Date(cameIn)
    const then: Context = { ...org.system, now: cameInAt }
    await setHours(then, { hours: ['09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '', ''] })
    await createPolicy(then, { name: 'An hour', firstMinutes: 60 })
    const { leadId } = await aLead(org, { cameInAt, createdAt: cameInAt })
    await keepClocks(then, [leadId])
    const [clock] = await asSuperuser((tx) => tx.select().from(slaClocks).where(eq(slaClocks.leadId, leadId)))
    expect(clock?.dueAt, zone).toEqual(new Date(due))
    expect(await fireTimers(new Date(new Date(due).getTime() - 1))).toBe(1)
    expect(await fireTimers(new Date(due))).toBe(1)
    expect((await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.id, leadId))))[0]?.firstResponseAt).toBeNull()
  }
})
