import { eq } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { contactRules } from '~db/schema'
import { command, query, type Context } from '../../kernel'
import { nothing } from '../../kernel/contract'
import { SetContactRules } from '../contract'

/** Numbers a member may reveal and leads a member may export in a day of the organisation. */
export type ContactRules = { revealCap: number; exportCap: number }
export const usualRules: ContactRules = { revealCap: 200, exportCap: 20_000 }

export async function rulesIn(tx: Tx, ctx: Context): Promise<ContactRules> {
  const [row] = await tx.select({ revealCap: contactRules.revealCap, exportCap: contactRules.exportCap }).from(contactRules).where(eq(contactRules.orgId, ctx.orgId))
  return row ?? usualRules
}

/** What the organisation allows each member in a day: numbers revealed, leads exported. */
export const readContactRules = query({
  name: 'contacts.rules',
  permission: 'settings:read',
  input: nothing,
  run: ({ tx, ctx }): Promise<ContactRules> => rulesIn(tx, ctx),
})

/** Changes what each member may reveal and export in a day; it holds from the next one asked for. */
export const setContactRules = command({
  name: 'contacts.set-rules',
  permission: 'settings:write',
  input: SetContactRules,
  async run({ tx, ctx, input, audit }): Promise<ContactRules> {
    const before = await rulesIn(tx, ctx)
    if (before.revealCap === input.revealCap && before.exportCap === input.exportCap) return before
    await tx.insert(contactRules).values({ orgId: ctx.orgId, ...input, updatedAt: ctx.now }).onConflictDoUpdate({ target: contactRules.orgId, set: { ...input, updatedAt: ctx.now } })
    await audit(ctx.orgId, { before: { counts: `${before.revealCap} ${before.exportCap}` }, after: { counts: `${input.revealCap} ${input.exportCap}` } })
    return input
  },
})
