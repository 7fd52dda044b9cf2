import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { reconciliationDifferences, reconciliations } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { idOf } from '../kernel/contract'
import { comparePage, unknownThere, type Difference } from './compare-lists'
import { remoteProblems, type RemoteProblem } from './connectors/connector'
import { OneReconciliation } from './contract'
import { listedSource, type ListedSource } from './listed-source'
import { storeListed } from './store-listed'
import { differenceKinds } from './vocabulary'

const MOST_PAGES = 2_000
const MOST_PAUSES = 30
const MOST_PAUSE_MS = 60_000
const MOST_DIFFERENCES = 20_000
const BATCH = 500

type Started = { source: ListedSource; since: Date; until: Date }
type Compared = { platformCount: number; ourCount: number; fetchedCount: number; testCount: number; differences: Difference[]; problem: RemoteProblem | null; detail: string | null }
const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))

/**
 * Reads the platform's list of the period, names what is missing here and unknown there, and keeps what is missing as
 * deliveries, which become leads like any other. A list that refuses leaves the comparison failed with its problem,
 * and what was found until then fetched. Doing a finished one again changes nothing. Refuses `not-found`.
 */
export async function runReconciliation(ctx: Context, input: { reconciliationId: Id<'rcn'> }, pause = wait): Promise<void> {
  const started = await startReconciliation(ctx, input)
  if (started === null) return
  await finishReconciliation(ctx, { ...input, ...(await compare(ctx, started, pause)) })
}

const startReconciliation = command({
  name: 'reconciliation.start',
  permission: 'sources:write',
  input: OneReconciliation,
  async run({ tx, ctx, input: { reconciliationId } }): Promise<Started | null> {
    const key = and(eq(reconciliations.orgId, ctx.orgId), eq(reconciliations.id, reconciliationId))
    const [row] = await tx.select().from(reconciliations).where(key).for('update')
    if (!row) throw new DomainError('not-found')
    if (row.state === 'done' || row.state === 'failed') return null
    const source = await listedSource({ ...ctx, tx }, row.sourceId)
    if (source === null) throw new DomainError('not-found')
    await tx.update(reconciliations).set({ state: 'running' }).where(key)
    return { source, since: row.since, until: row.until }
  },
})

async function compare(ctx: Context, { source, since, until }: Started, pause: (milliseconds: number) => Promise<void>): Promise<Compared> {
  const found: Compared = { platformCount: 0, ourCount: 0, fetchedCount: 0, testCount: 0, differences: [], problem: null, detail: null }
  const listedIds = new Set<string>()
  let cursor: string | null = null
  let pauses = 0
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await source.list({ since, until, cursor }, source.keys, ctx.now)
    if (!listed.ok && listed.problem === 'rate-limited' && pauses < MOST_PAUSES) {
      pauses += 1
      await pause(Math.min(listed.retryAfterMs ?? MOST_PAUSE_MS, MOST_PAUSE_MS))
      continue
    }
    if (!listed.ok) return { ...found, problem: listed.problem, detail: listed.detail ?? null }
    const { present, missing, tests } = await comparePage(ctx, source, listed.entries.filter(({ externalId, at }) => !listedIds.has(externalId) && (at === null || at <= until)))
    for (const { externalId } of listed.entries) listedIds.add(externalId)
    const { deliveries } = await storeListed(ctx, source, missing)
    found.platformCount += present.length + missing.length
    found.ourCount += present.length
    found.testCount += tests
    found.fetchedCount += missing.filter(({ externalId }) => deliveries.has(externalId)).length
    found.differences.push(...missing.map(({ externalId, at }) => ({ kind: 'missing' as const, externalId, at, deliveryId: deliveries.get(externalId) ?? null })))
    cursor = listed.next
    if (cursor === null) {
      const unknown = await unknownThere(ctx, source.id, { since, until }, listedIds)
      return { ...found, ourCount: found.ourCount + unknown.length, differences: [...found.differences, ...unknown] }
    }
  }
  return { ...found, problem: 'unreadable', detail: 'too-many-pages' }
}

const FinishReconciliation = OneReconciliation.extend({
  platformCount: z.number(), ourCount: z.number(), fetchedCount: z.number(), testCount: z.number(), problem: z.enum(remoteProblems).nullable(), detail: z.string().nullable(),
  differences: z.array(z.object({ kind: z.enum(differenceKinds), externalId: z.string(), at: z.date().nullable(), deliveryId: idOf('dlv').nullable() })),
})

const finishReconciliation = command({
  name: 'reconciliation.finish',
  permission: 'sources:write',
  input: FinishReconciliation,
  async run({ tx, ctx, input, emit, audit }): Promise<void> {
    const { reconciliationId, differences, ...counts } = input
    const key = and(eq(reconciliations.orgId, ctx.orgId), eq(reconciliations.id, reconciliationId))
    const [row] = await tx.select().from(reconciliations).where(key).for('update')
    if (!row) throw new DomainError('not-found')
    const countOf = (kind: Difference['kind']) => differences.filter((each) => each.kind === kind).length
    await tx.update(reconciliations).set({
      ...counts, missingCount: countOf('missing'), unknownCount: countOf('unknown'), state: counts.problem === null ? 'done' : 'failed', finishedAt: ctx.now,
    }).where(key)
    for (let from = 0; from < Math.min(differences.length, MOST_DIFFERENCES); from += BATCH) {
      await tx.insert(reconciliationDifferences).values(differences.slice(from, from + BATCH).map((each) => ({ orgId: ctx.orgId, reconciliationId, ...each }))).onConflictDoNothing()
    }
    await audit(row.sourceId, { after: { counts: { platform: counts.platformCount, ours: counts.ourCount, fetched: counts.fetchedCount }, outcome: counts.problem ?? 'done' } })
    await emit('source.reconciled', { sourceId: row.sourceId, reconciliationId })
  },
})
