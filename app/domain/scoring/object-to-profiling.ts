import { and, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { profilingObjections } from '~db/schema'
import { command, memberOf, query, type Context } from '../kernel'
import { idOf } from '../kernel/contract'
import { openPerson } from '../people'
import { publishedCard } from './published-card'
import { scoreIn } from './score-in'
import { leadsOfPerson } from './score-records'

type InTx = Context & { tx: Tx }
const OnePerson = z.object({ personId: idOf('per') })
const TOGETHER = 250

/**
 * Leaves a person out of profiling because they asked for it: lines of every lead they hang on are taken back at once, and
 * none is written as long as it stands. Saying it twice changes nothing. Refuses: not-found. Source: GDPR 21, PIPL 24.
 */
export const objectToProfiling = command({
  name: 'person.object-to-profiling',
  permission: 'leads:write',
  input: OnePerson,
  async run({ tx, ctx, input: { personId }, emit, audit }): Promise<{ isLeftOut: boolean }> {
    const { id } = await openPerson(tx, ctx, personId)
    const made = await tx.insert(profilingObjections).values({ orgId: ctx.orgId, personId: id, at: ctx.now, by: memberOf(ctx.actor) }).onConflictDoNothing().returning({ id: profilingObjections.personId })
    if (made.length === 0) return { isLeftOut: true }
    await audit(id, { before: { status: 'profiled' }, after: { status: 'left-out' } })
    await emit('people.objection-changed', { personId: id })
    await scoreTheirs(ctx, id)
    return { isLeftOut: true }
  },
})

/** Takes an objection back, also one of somebody merged into this person: their leads are scored again. Refuses: not-found. */
export const withdrawObjection = command({
  name: 'person.withdraw-objection',
  permission: 'leads:write',
  input: OnePerson,
  async run({ tx, ctx, input: { personId }, emit, audit }): Promise<{ isLeftOut: boolean }> {
    const { id, memberIds } = await openPerson(tx, ctx, personId)
    const gone = await tx.delete(profilingObjections).where(and(eq(profilingObjections.orgId, ctx.orgId), inArray(profilingObjections.personId, memberIds))).returning({ id: profilingObjections.personId })
    if (gone.length === 0) return { isLeftOut: false }
    await audit(id, { before: { status: 'left-out' }, after: { status: 'profiled' } })
    await emit('people.objection-changed', { personId: id })
    await scoreTheirs(ctx, id)
    return { isLeftOut: false }
  },
})

/** Whether a person, or somebody merged into them, is left out of profiling, and since when. Refuses: not-found. */
export const objectionOf = query({
  name: 'person.objection',
  permission: 'leads:read',
  input: OnePerson,
  async run({ tx, ctx, input: { personId } }): Promise<{ isLeftOut: boolean; at: Date | null }> {
    const { memberIds } = await openPerson(tx, ctx, personId)
    const [row] = await tx.select({ at: profilingObjections.at }).from(profilingObjections)
      .where(and(eq(profilingObjections.orgId, ctx.orgId), inArray(profilingObjections.personId, memberIds))).orderBy(profilingObjections.at).limit(1)
    return { isLeftOut: row !== undefined, at: row?.at ?? null }
  },
})

async function scoreTheirs(ctx: InTx, personId: Id<'per'>): Promise<void> {
  const card = await publishedCard(ctx.tx, ctx.orgId)
  if (card === null) return
  const rows = await ctx.tx.execute<{ id: string }>(sql`select distinct f.id from (${leadsOfPerson(toUuid(ctx.orgId), personId)}) f order by f.id`)
  for (let from = 0; from < rows.length; from += TOGETHER) await scoreIn(ctx, card, rows.slice(from, from + TOGETHER).map(({ id }) => fromUuid('lead', id)))
}
