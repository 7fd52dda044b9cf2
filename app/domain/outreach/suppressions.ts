import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { outreachSuppressions } from '~db/schema'
import type { Context } from '../kernel'
import { addressNames } from './address-key'
import type { SuppressionReason } from './vocabulary'

type InTx = Context & { tx: Tx }
/** Why and since when an address gets no mail. */
export type Suppression = { reason: SuppressionReason; at: Date }

/** Those of some addresses that get no mail, by the address as it was given. */
export async function suppressionsAmong(ctx: InTx, addresses: readonly string[]): Promise<Map<string, Suppression>> {
  const name = addresses.length === 0 ? null : await addressNames(ctx, 'read')
  if (name === null) return new Map()
  const byKey = new Map(addresses.map((address) => [name(address), address]))
  const rows = await ctx.tx.select().from(outreachSuppressions).where(and(eq(outreachSuppressions.orgId, ctx.orgId), inArray(outreachSuppressions.addressKey, [...byKey.keys()])))
  const found = new Map(rows.map(({ addressKey, reason, at }) => [addressKey, { reason, at }]))
  return new Map(addresses.flatMap((address) => { const suppression = found.get(name(address)); return suppression === undefined ? [] : [[address, suppression]] }))
}

/** Why the address with this key gets no mail; null where it may. */
export async function suppressionOf({ tx, orgId }: InTx, addressKey: string): Promise<Suppression | null> {
  const [row] = await tx.select({ reason: outreachSuppressions.reason, at: outreachSuppressions.at }).from(outreachSuppressions)
    .where(and(eq(outreachSuppressions.orgId, orgId), eq(outreachSuppressions.addressKey, addressKey)))
  return row ?? null
}

/** Writes that an address gets no mail. What the person said goes before what we know. Answers whether that is new. */
export async function suppress({ tx, orgId, now }: InTx, addressKey: string, reason: SuppressionReason, by: string): Promise<boolean> {
  const row = { orgId, addressKey, reason, at: now, by }
  const made = await tx.insert(outreachSuppressions).values(row).onConflictDoUpdate({
    target: [outreachSuppressions.orgId, outreachSuppressions.addressKey], set: { reason, at: now, by }, setWhere: weakerThan(reason).length === 0 ? sql`false` : inArray(outreachSuppressions.reason, weakerThan(reason)),
  }).returning({ key: outreachSuppressions.addressKey })
  return made.length > 0
}

/** Forgets why an address got no mail. Answers whether there was anything to forget. */
export async function unsuppress({ tx, orgId }: InTx, addressKey: string, reasons: readonly SuppressionReason[]): Promise<boolean> {
  const gone = await tx.delete(outreachSuppressions)
    .where(and(eq(outreachSuppressions.orgId, orgId), eq(outreachSuppressions.addressKey, addressKey), inArray(outreachSuppressions.reason, [...reasons]))).returning({ key: outreachSuppressions.addressKey })
  return gone.length > 0
}

const order: readonly SuppressionReason[] = ['by-hand', 'bounced', 'unsubscribed', 'complained']
const weakerThan = (reason: SuppressionReason): SuppressionReason[] => order.slice(0, order.indexOf(reason))
