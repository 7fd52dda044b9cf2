import { sql } from 'drizzle-orm'
import { emitIn, inTransaction, type Context } from '~/domain/kernel'
import { newId, toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'

/** Emits `many` events "delivery.received" of deliveries nobody stored, and commits. */
export async function emitDeliveries(ctx: Context, many: number): Promise<void> {
  await inTransaction(ctx, 'read write', async (tx) => {
    for (let i = 0; i < many; i += 1) await emitIn(tx, ctx)('delivery.received', { deliveryId: newId('dlv') })
  })
}

/** Emits `many` events "lead.changed", to which nobody reacts, and commits. */
export async function emitLeadChanges(ctx: Context, many: number): Promise<void> {
  await inTransaction(ctx, 'read write', async (tx) => {
    for (let i = 0; i < many; i += 1) await emitIn(tx, ctx)('lead.changed', { leadId: newId('lead'), ownerId: null })
  })
}

type State = { waiting: number; unsettled: number; settled: number; done: number; dead: number; reasons: string[] }

/** What the outbox of one organisation says. */
export async function outboxOf(orgId: Id<'org'>): Promise<State> {
  const org = toUuid(orgId)
  return asSuperuser(async (tx) => {
    const [row] = await tx.execute<State>(sql`
      select count(*) filter (where relayed_at is null)::int as waiting,
        count(*) filter (where relayed_at is not null and settled_at is null)::int as unsettled,
        count(*) filter (where settled_at is not null)::int as settled,
        (select count(*)::int from outbox_receipts where org_id = ${org} and state = 'done') as done,
        (select count(*)::int from outbox_receipts where org_id = ${org} and state = 'dead') as dead,
        (select coalesce(array_agg(reason), '{}') from outbox_receipts where org_id = ${org} and state = 'dead') as reasons
      from outbox where org_id = ${org}`)
    if (!row) throw new Error('no answer')
    return row
  })
}

export async function eventually(holds: () => Promise<boolean> | boolean, milliseconds = 15_000): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come to that in time')
    await new Promise((done) => setTimeout(done, 20))
  }
}
