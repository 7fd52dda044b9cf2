import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { productLines } from '~db/schema'
import type { Context } from '../kernel'

const folded = (name: string) => name.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/gu, ' ')

/** The organisation's default product line, if it has one. */
export async function defaultLine(tx: Tx): Promise<Id<'pl'> | null> {
  const [row] = await tx.select({ id: productLines.id }).from(productLines).where(eq(productLines.isDefault, true))
  return row?.id ?? null
}

/** Null where the name is taken. */
export async function insertLine(tx: Tx, ctx: Context, name: string, isDefault: boolean): Promise<Id<'pl'> | null> {
  const [row] = await tx.insert(productLines)
    .values({ orgId: ctx.orgId, id: newId('pl'), name, key: folded(name), isDefault, createdAt: ctx.now })
    .onConflictDoNothing().returning({ id: productLines.id })
  return row?.id ?? null
}
