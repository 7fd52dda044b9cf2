import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { claimEvents, emitIn, forgetSettledEvents, inTransaction, markHandled } from '~/domain/kernel'
import { fromUuid, newId } from '~/lib/ids'
import { serveAs } from '~db/client.server'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'

const days = (n: number) => new Date(NOON.getTime() + n * 86_400_000)
const left = () => asSuperuser(async (tx) => {
  const [row] = await tx.execute<{ events: string; receipts: string }>(sql`select (select count(*) from outbox) as events, (select count(*) from outbox_receipts) as receipts`)
  return { events: Number(row?.events), receipts: Number(row?.receipts) }
})

it('forgets settled events after 30 days, and only those', async () => {
  serveAs('worker')
  const { system: ctx } = await anOrganisation()
  // What other tests committed is not looked at; this test takes its own back.
  await asSuperuser(async (tx) => { await tx.execute(sql`delete from outbox_receipts`); await tx.execute(sql`delete from outbox`) })
  await inTransaction(ctx, 'read write', async (tx) => {
    await emitIn(tx, ctx)('lead.changed', { leadId: newId('lead'), ownerId: null })
    await emitIn(tx, ctx)('lead.changed', { leadId: newId('lead'), ownerId: null })
  })
  await claimEvents(10, NOON, (events) => {
    expect(events).toHaveLength(2)
    return Promise.resolve({ settled: [], live: [] })
  })
  const [event] = await asSuperuser((tx) => tx.execute<{ id: string }>(sql`select id from outbox order by seq`))
  await markHandled([{ orgId: ctx.orgId, eventId: fromUuid('evt', event?.id ?? ''), handler: 'a', state: 'done', attempts: 1, now: NOON, of: 1 }])
  expect(await left()).toEqual({ events: 2, receipts: 1 })
  expect(await forgetSettledEvents(days(29))).toBe(0)
  expect(await forgetSettledEvents(days(31))).toBe(1)
  expect(await left()).toEqual({ events: 1, receipts: 0 })
})
