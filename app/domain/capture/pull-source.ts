import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { sourcePulls } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { idOf } from '../kernel/contract'
import { connectorOf } from './connectors/registry'
import { remoteProblems, type RemoteProblem } from './connectors/connector'
import { OneSource } from './contract'
import { isPulled, listedSource, type ListedSource } from './listed-source'
import { lockedSource } from './locked-source'
import { storeListed } from './store-listed'

const MINUTE_MS = 60_000
/** How often a list is asked for; platforms count requests by the minute. */
const EVERY_MS = 3 * MINUTE_MS
/** Read again each time: what the platform shows late, or adds to a lead, is found. */
const OVERLAP_MS = 2 * 3_600_000
/** How long one reading may take before another worker may try. */
const LEASE_MS = 10 * MINUTE_MS
/** Until a refusal is asked about again. Whatever mends it, its leads are here within a quarter of an hour. */
const STUCK_MS = 10 * MINUTE_MS
const MOST_WAIT_MS = 3_600_000
const MOST_PAGES = 100

/** `seen` entries of the list, of which `stored` were new; `not-due` where nothing was asked. */
export type Pulled = { state: 'not-due' | 'done' | 'going-on' | 'refused'; seen: number; stored: number; problem: RemoteProblem | null }
type Window = { since: Date; until: Date; cursor: string | null }
type Claim = Window & { source: ListedSource }

const PullSource = OneSource.extend({ now: z.boolean().default(false) })

/**
 * Asks a platform's own list for what came since the last time, page by page, and keeps every entry as a delivery.
 * What was left half-read is gone on with. Nothing is held while the platform is asked; its refusals are noted and
 * waited out, those that time does not mend ten minutes. `now` does not wait for its turn.
 * Refuses `not-found`, also where the platform has no list.
 */
export async function pullSource(ctx: Context, input: { sourceId: Id<'src'>; now?: boolean }): Promise<Pulled> {
  const claim = await claimPull(ctx, input)
  if (claim === null) return { state: 'not-due', seen: 0, stored: 0, problem: null }
  const read = await readPages(ctx, claim)
  await settlePull(ctx, { sourceId: input.sourceId, since: claim.since, until: claim.until, ...read })
  return { state: read.problem !== null ? 'refused' : read.cursor === null ? 'done' : 'going-on', seen: read.seen, stored: read.stored, problem: read.problem }
}

const claimPull = command({
  name: 'source.claim-pull',
  permission: 'sources:write',
  input: PullSource,
  async run({ tx, ctx, input: { sourceId, now } }): Promise<Claim | null> {
    const source = await listedSource({ ...ctx, tx }, sourceId, true)
    if (source === null) throw new DomainError('not-found')
    const [row] = await tx.select().from(sourcePulls).where(and(eq(sourcePulls.orgId, ctx.orgId), eq(sourcePulls.sourceId, sourceId))).for('update')
    if (!source.isActive || (!now && (!isPulled(connectorOf(source.connector), source.keys) || (row !== undefined && row.nextAt > ctx.now)))) return null
    const lease = { triedAt: ctx.now, nextAt: new Date(ctx.now.getTime() + LEASE_MS) }
    await tx.insert(sourcePulls).values({ orgId: ctx.orgId, sourceId, ...lease }).onConflictDoUpdate({ target: [sourcePulls.orgId, sourcePulls.sourceId], set: lease })
    return { source, ...windowOf(row, source.createdAt, ctx.now) }
  },
})

// Never before the source was made: what came earlier was somebody else's business.
function windowOf(row: typeof sourcePulls.$inferSelect | undefined, createdAt: Date, now: Date): Window {
  if (row?.windowSince && row.windowUntil && row.cursor !== null) return { since: row.windowSince, until: row.windowUntil, cursor: row.cursor }
  const from = row?.readUntil ? row.readUntil.getTime() - OVERLAP_MS : createdAt.getTime()
  return { since: new Date(Math.max(from, createdAt.getTime())), until: now, cursor: null }
}

type Read = { cursor: string | null; seen: number; stored: number; problem: RemoteProblem | null; detail: string | null; retryAfterMs: number | null }

async function readPages(ctx: Context, { source, since, until, cursor: from }: Claim): Promise<Read> {
  const read: Read = { cursor: from, seen: 0, stored: 0, problem: null, detail: null, retryAfterMs: null }
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await source.list({ since, until, cursor: read.cursor }, source.keys, ctx.now)
    if (!listed.ok) return { ...read, problem: listed.problem, detail: listed.detail ?? null, retryAfterMs: listed.retryAfterMs ?? null }
    read.seen += listed.entries.length
    read.stored += (await storeListed(ctx, source, listed.entries)).stored
    read.cursor = listed.next
    if (listed.next === null) return read
  }
  return read
}

const SettlePull = z.object({
  sourceId: idOf('src'), since: z.date(), until: z.date(), cursor: z.string().nullable(), seen: z.number(), stored: z.number(), problem: z.enum(remoteProblems).nullable(),
  detail: z.string().nullable(), retryAfterMs: z.number().nullable(),
})

const settlePull = command({
  name: 'source.settle-pull',
  permission: 'sources:write',
  input: SettlePull,
  async run({ tx, ctx, input }): Promise<void> {
    await lockedSource(tx, ctx, input.sourceId)
    const key = and(eq(sourcePulls.orgId, ctx.orgId), eq(sourcePulls.sourceId, input.sourceId))
    const [row] = await tx.select().from(sourcePulls).where(key)
    const failures = input.problem === null ? 0 : (row?.failures ?? 0) + 1
    const isDone = input.problem === null && input.cursor === null
    const isWhole = input.cursor === null
    await tx.update(sourcePulls).set({
      nextAt: new Date(ctx.now.getTime() + waitOf(input, failures)), seen: input.seen, stored: input.stored, failures, problem: input.problem, detail: input.detail,
      problemSince: input.problem === null ? null : (row?.problemSince ?? ctx.now), cursor: input.cursor,
      windowSince: isWhole ? null : input.since, windowUntil: isWhole ? null : input.until, ...(isDone ? { readUntil: input.until } : {}),
    }).where(key)
  },
})

// Only the platform itself may ask for a longer pause.
function waitOf({ problem, cursor, retryAfterMs }: z.output<typeof SettlePull>, failures: number): number {
  if (problem === null) return cursor === null ? EVERY_MS : MINUTE_MS
  if (problem === 'not-permitted' || problem === 'gone' || problem === 'unreadable') return STUCK_MS
  return Math.max(Math.min(retryAfterMs ?? 0, MOST_WAIT_MS), Math.min(STUCK_MS, MINUTE_MS * 2 ** Math.min(failures, 6)))
}
