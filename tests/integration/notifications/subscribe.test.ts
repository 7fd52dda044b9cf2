import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimEvents, emitIn, inTransaction, memberOf, type Context } from '~/domain/kernel'
import { closeHub, liveMessages, subscribe, type Told } from '~/domain/notifications'
import { toUuid, type Id } from '~/lib/ids'
import { closeDatabase, serveAs } from '~db/client.server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { eventually } from '../jobs/handled'
import { aLead } from '../leads/a-lead'

useCommittedRows()

beforeAll(() => serveAs('app'))
afterAll(async () => {
  await closeHub()
  await closeDatabase()
})

const relay = () => claimEvents(500, new Date(), async (events) => ({ settled: events.map(({ id }) => id), live: liveMessages(events) }))

const leadOf = async (ctx: Context, ownerId: Id<'mem'> | null): Promise<Id<'lead'>> => (await aLead(ctx, { ownerId })).leadId

async function tell(ctx: Context, leadId: Id<'lead'>, ownerId: Id<'mem'> | null): Promise<void> {
  await inTransaction(ctx, 'read write', (tx) => emitIn(tx, ctx)('lead.changed', { leadId, ownerId }))
  await relay()
}

function open(ctx: Context, lastEventId: string | null = null, again: () => Promise<Context | null> = async () => ctx) {
  const told: Told[] = []
  const subscription = subscribe({ ...ctx, now: new Date() }, { lastEventId, again }, async (one) => { told.push(one) })
  return { told, about: () => told.map(({ about }) => about), ...subscription }
}

const settle = () => new Promise((done) => setTimeout(done, 300))

test('a rep hears of their own leads only, an admin of all, another organisation of none', async () => {
  const org = await anOrganisation()
  const [a, b, admin] = [await org.as('rep'), await org.as('rep'), await org.as('admin')]
  const stranger = await (await anOrganisation()).as('admin')
  const [leadOfA, leadOfB] = [await leadOf(org.system, memberOf(a.actor)), await leadOf(org.system, memberOf(b.actor))]
  const [pageA, pageB, pageAdmin, pageStranger] = [open(a), open(b), open(admin), open(stranger)]
  await settle()
  await tell(org.system, leadOfA, memberOf(a.actor))
  await tell(org.system, leadOfB, memberOf(b.actor))
  await eventually(() => pageAdmin.told.length === 2)
  await settle()
  expect(pageA.about()).toEqual([leadOfA])
  expect(pageB.about()).toEqual([leadOfB])
  expect(pageAdmin.about()).toEqual([leadOfA, leadOfB])
  expect(pageStranger.told).toEqual([])
  expect(Object.keys(pageA.told[0] ?? {}).sort()).toEqual(['about', 'id', 'kind'])
  for (const page of [pageA, pageB, pageAdmin, pageStranger]) page.end()
})

test('visibility is asked when it is sent, not when it was opened; whoever loses a lead hears that', async () => {
  const org = await anOrganisation()
  const [a, b] = [await org.as('rep'), await org.as('rep')]
  const [memberA, memberB] = [memberOf(a.actor), memberOf(b.actor)]
  const lead = await leadOf(org.system, memberA)
  const [pageA, pageB] = [open(a), open(b)]
  await settle()
  await asSuperuser((tx) => tx.execute(sql`update leads set owner_id = ${toUuid(memberB ?? '')} where id = ${toUuid(lead)}`))
  await inTransaction(org.system, 'read write', (tx) => emitIn(tx, org.system)('lead.owner-changed', { leadId: lead, from: memberA, to: memberB }))
  await relay()
  await tell(org.system, lead, memberB)
  await eventually(() => pageB.told.length === 2)
  await settle()
  expect(pageA.told.map(({ kind }) => kind)).toEqual(['lead.owner-changed'])
  pageA.end()
  pageB.end()
})

test('a page resumes after its last event, and hears each event once', async () => {
  const org = await anOrganisation()
  const admin = await org.as('admin')
  const leads = await Promise.all(Array.from({ length: 6 }, () => leadOf(org.system, null)))
  const first = open(admin)
  await settle()
  for (const lead of leads.slice(0, 2)) await tell(org.system, lead, null)
  await eventually(() => first.told.length === 2)
  first.end()
  for (const lead of leads.slice(2, 4)) await tell(org.system, lead, null)
  const second = open(admin, first.told[1]?.id ?? null)
  for (const lead of leads.slice(4)) await tell(org.system, lead, null)
  await eventually(() => new Set(second.about()).size >= 4)
  await settle()
  // What lies close before the last event is told again, in case two relays overlapped: the page knows it by its number.
  const news = second.told.filter(({ id }) => id !== first.told[0]?.id)
  expect(news.map(({ about }) => about).sort()).toEqual([...leads.slice(2)].sort())
  second.end()
})

test('a number from elsewhere says that everything must be read anew', async () => {
  const admin = await (await anOrganisation()).as('admin')
  const page = open(admin, '999999999')
  await eventually(() => page.told.length === 1)
  expect(page.told).toEqual([{ id: null, kind: 'reset', about: null }])
  page.end()
})

test('whoever is deactivated or signed out is cut off within five seconds', async () => {
  const org = await anOrganisation()
  const admin = await org.as('admin')
  const lead = await leadOf(org.system, null)
  let here = true
  const page = open(admin, null, async () => (here ? { ...admin, now: new Date() } : null))
  await settle()
  here = false
  const from = Date.now()
  await page.ended
  expect(Date.now() - from).toBeLessThan(5_000)
  await tell(org.system, lead, null)
  await settle()
  expect(page.told).toEqual([])
})
