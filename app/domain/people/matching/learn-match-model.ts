import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { matchModels } from '~db/schema'
import { command } from '../../kernel'
import { defaultModel } from './default-model'
import { estimateModel } from './engine/estimate-model'
import type { Model } from './engine/model'
import { seeded } from '~/lib/seeded'
import { loadRecords, matchKeysOf, type MatchRecord } from './match-record'
import { currentModel } from './match-settings'
import { bestLevel } from './weigh-people'

const ENOUGH = 1_000
const MOST = 10_000
const CHUNK = 1_000
const RANDOM_PAIRS = 100_000
const LARGEST_BLOCK = 50
const MATCHES_TO_LEARN_FROM = 20
const BASE = 6

/**
 * Learns m, u and λ from the organisation's own people (the newest 10,000) and stores them as the next version. With
 * fewer than 1,000 people nothing is learned; with hardly a duplicate among them only u is. Null where nothing was.
 */
export const learnMatchModel = command({
  name: 'match.learn',
  permission: 'settings:write',
  input: z.object({}),
  async run({ tx, ctx, audit }): Promise<{ version: number; people: number; expectedMatches: number } | null> {
    const ids = await tx.execute<{ id: string }>(sql`select id from people where org_id = ${toUuid(ctx.orgId)} and canonical_id is null order by id desc limit ${MOST}`)
    if (ids.length < ENOUGH) return null
    const [all] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from people where org_id = ${toUuid(ctx.orgId)} and canonical_id is null`)
    const records: MatchRecord[] = []
    for (let from = 0; from < ids.length; from += CHUNK) {
      records.push(...(await loadRecords(tx, ctx.orgId, ids.slice(from, from + CHUNK).map(({ id }) => fromUuid('per', id)), ctx.now)))
    }
    const learned = learnFrom(ctx.orgId, records)
    const { version } = await currentModel(tx, ctx.orgId)
    await tx.insert(matchModels).values({ orgId: ctx.orgId, version: version + 1, model: learned.model, people: all?.count ?? records.length, learnedAt: ctx.now })
    await audit(ctx.orgId, { before: { version }, after: { version: version + 1 } })
    return { version: version + 1, people: all?.count ?? records.length, expectedMatches: learned.expectedMatches }
  },
})

/** The model that records teach. Pure: the same records in the same order teach the same. */
export function learnFrom(orgId: Id<'org'>, records: readonly MatchRecord[]): { model: Model; expectedMatches: number } {
  const columns = defaultModel.fields.map(({ name, kind }) => ({ name, kind, moves: [] }))
  const allPairs = (records.length * (records.length - 1)) / 2
  const random = seeded(records.length)
  const drawn = new Map<number, number>()
  for (let left = RANDOM_PAIRS; left > 0; left -= 1) note(drawn, records[Math.floor(random() * records.length)], records[Math.floor(random() * records.length)])
  const { model } = estimateModel({ columns, blocked: blockedPatterns(orgId, records), random: drawn, allPairs }, defaultModel)
  const expectedMatches = model.lambda * allPairs
  if (expectedMatches >= MATCHES_TO_LEARN_FROM) return { model, expectedMatches }
  const fields = model.fields.map((field, at) => ({ ...field, m: defaultModel.fields[at]?.m ?? field.m }))
  return { model: { fields, lambda: defaultModel.lambda }, expectedMatches }
}

function blockedPatterns(orgId: Id<'org'>, records: readonly MatchRecord[]): Map<number, number> {
  const blocks = new Map<string, number[]>()
  for (const [at, record] of records.entries()) {
    for (const key of matchKeysOf(orgId, record)) blocks.set(key, [...(blocks.get(key) ?? []), at])
  }
  const [seen, counts] = [new Set<number>(), new Map<number, number>()]
  for (const block of blocks.values()) {
    if (block.length > LARGEST_BLOCK) continue
    for (const [i, a] of block.entries()) {
      for (const b of block.slice(i + 1)) {
        const pair = a * records.length + b
        if (seen.has(pair)) continue
        seen.add(pair)
        note(counts, records[a], records[b])
      }
    }
  }
  return counts
}

function note(counts: Map<number, number>, one?: MatchRecord, other?: MatchRecord): void {
  if (one === undefined || other === undefined || one === other) return
  const pattern = defaultModel.fields.reduceRight((sum, field) => sum * BASE + bestLevel(field, one, other), 0)
  counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
}
