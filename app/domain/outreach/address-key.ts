import { eq } from 'drizzle-orm'
import { addressDigest, addressKeyContext } from '~/platform/address-digest'
import { decrypt, encrypt, randomToken } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { outreachKeys } from '~db/schema'
import type { Context } from '../kernel'

type InTx = Context & { tx: Tx }
/** Names addresses by keyed digests; the same mailbox in another spelling has the same one. */
export type NameAddress = (address: string) => string

/** The organisation's way of naming addresses, made on first use. Null only where nothing was named yet and nothing may be written. */
export async function addressNames(ctx: InTx, may: 'write' | 'read'): Promise<NameAddress | null> {
  const known = await sealedKey(ctx)
  if (known === null && may === 'read') return null
  const secret = known ?? (await makeKey(ctx))
  return (address) => addressDigest(secret, address)
}

const contextOf = ({ orgId }: Context) => addressKeyContext(orgId)

async function sealedKey(ctx: InTx): Promise<string | null> {
  const [row] = await ctx.tx.select({ sealed: outreachKeys.sealed }).from(outreachKeys).where(eq(outreachKeys.orgId, ctx.orgId))
  return row === undefined ? null : decrypt(row.sealed, contextOf(ctx))
}

// Of two that make it at once, one stands, and both read that one.
async function makeKey(ctx: InTx): Promise<string> {
  const secret = randomToken()
  const made = await ctx.tx.insert(outreachKeys).values({ orgId: ctx.orgId, sealed: encrypt(secret, contextOf(ctx)), createdAt: ctx.now }).onConflictDoNothing().returning({ orgId: outreachKeys.orgId })
  return made.length > 0 ? secret : ((await sealedKey(ctx)) ?? secret)
}
