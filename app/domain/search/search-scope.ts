import { eq } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members } from '~db/schema'
import { memberOf, type Context } from '../kernel'

/** Whose leads somebody may find, as UUIDs of members; `owners` null is everybody's. `me` sees what they submitted too. */
export type SearchScope = { owners: string[] | null; me: string | null }

/** The rule of `visibleLeads` as a list, so that a search reads only these owners' rows. Every answer passes that rule again. */
export async function searchScope(tx: Tx, ctx: Context): Promise<SearchScope> {
  const member = memberOf(ctx.actor)
  const me = member === null ? null : toUuid(member)
  if (ctx.actor.kind === 'system' || ctx.actor.kind === 'apiKey') return { owners: null, me }
  if (ctx.actor.kind !== 'user') return { owners: [], me }
  if (ctx.actor.visibility.leads === 'all') return { owners: null, me }
  const own = me === null ? [] : [me]
  if (ctx.actor.visibility.leads === 'own' || ctx.actor.teamId === null) return { owners: own, me }
  const team = await tx.select({ id: members.id }).from(members).where(eq(members.teamId, ctx.actor.teamId))
  return { owners: [...new Set([...own, ...team.map(({ id }) => toUuid(id))])], me }
}
