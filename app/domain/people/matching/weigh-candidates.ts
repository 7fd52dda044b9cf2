import { sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { type Context, type Emit } from '../../kernel'
import type { MatchBand, MatchReason } from '../vocabulary'
import { compareNames } from './compare-names'
import { findCandidates, holdersOf } from './find-candidates'
import { probabilityOf } from './engine/model'
import { writeMatchKeys } from './keep-match-keys'
import { fullNameKey, loadRecords, type MatchRecord } from './match-record'
import { bandOf, currentModel, thresholdsOf, type MatchThresholds } from './match-settings'
import { weighPeople, type Weighed } from './weigh-people'

type InTx = Context & { tx: Tx }
/** People whose number somebody else gave: they are looked at whatever the weight says. */
export type Doubted = { personId: Id<'per'>; reason: Exclude<MatchReason, 'weight'> }
export type FoundMatch = { personId: Id<'per'>; candidateId: Id<'per'>; band: MatchBand; probability: number; weight: number }
type Judged = Weighed & { pair: [string, string]; band: MatchBand; reason: MatchReason; probability: number }

/** Somebody who is to be matched, and those whose number they gave. */
export type Asked = { personId: Id<'per'>; doubted?: readonly Doubted[] }

/**
 * Writes the keys of some people, weighs everybody who shares one with them, and stores what follows, all in a handful
 * of statements. Answered pairs are left alone.
 */
export async function weighCandidates(ctx: InTx, emit: Emit, asked: readonly Asked[]): Promise<FoundMatch[]> {
  const { tx, orgId, now } = ctx
  const doubtedBy = new Map<Id<'per'>, Doubted[]>()
  for (const { personId, doubted = [] } of asked) doubtedBy.set(personId, [...(doubtedBy.get(personId) ?? []), ...doubted])
  const ones = await loadRecords(tx, orgId, [...doubtedBy.keys()], now)
  const found = await findCandidates(tx, orgId, await writeMatchKeys(ctx, ones))
  const candidatesOf = ({ id }: MatchRecord) => [...new Set([...(found.get(id) ?? []), ...(doubtedBy.get(id) ?? []).map(({ personId }) => personId)])].filter((each) => each !== id)
  const wanted = new Set(ones.flatMap(candidatesOf))
  for (const { id } of ones) wanted.delete(id)
  const records = new Map([...ones, ...(await loadRecords(tx, orgId, [...wanted], now))].map((record) => [record.id, record]))
  const met = ones.map((one) => ({ one, others: candidatesOf(one).flatMap((id) => records.get(id) ?? []) })).filter(({ others }) => others.length > 0)
  if (met.length === 0) return []
  const [{ model, version, people }, thresholds] = [await currentModel(tx, orgId), await thresholdsOf(tx, orgId)]
  const sameNames = await holdersOf(tx, orgId, met.map(({ one }) => fullNameKey(orgId, one.name)))
  const judged = met.flatMap(({ one, others }) => {
    const nameChance = Math.max(1, (sameNames.get(fullNameKey(orgId, one.name)) ?? 0) - 1) / people
    return worthKeeping(others.map((other) => judge(one, other, weighPeople(model, one, other, nameChance), thresholds, doubtedBy.get(one.id) ?? [])))
  })
  return store(ctx, emit, version, pairsOf(judged))
}

function judge(one: MatchRecord, other: MatchRecord, weighed: Weighed, thresholds: MatchThresholds, doubted: readonly Doubted[]): Judged {
  const probability = probabilityOf(weighed.weight)
  const said = doubted.find(({ personId }) => personId === other.id)?.reason
  const sharesNumber = weighed.fields.some(({ field, level }) => field === 'phone' && level === 'exact')
  const reason: MatchReason = said ?? (sharesNumber && compareNames(one.name, other.name) === 'other' ? 'other-name' : 'weight')
  const band = bandOf(probability, thresholds)
  const [a, b] = [toUuid(one.id), toUuid(other.id)]
  return { ...weighed, pair: a < b ? [a, b] : [b, a], probability, reason, band: reason === 'weight' ? band : 'review' }
}

// Of those who are nobody's match only the nearest is kept: it says why this person is new.
function worthKeeping(judged: readonly Judged[]): Judged[] {
  const sorted = [...judged].sort((a, b) => b.weight - a.weight)
  const found = sorted.filter(({ band }) => band !== 'new')
  return found.length > 0 ? found : sorted.slice(0, 1)
}

// Two who came together find each other: of such a pair what one of them said of the other's number counts.
function pairsOf(judged: readonly Judged[]): Judged[] {
  const byPair = new Map<string, Judged>()
  for (const each of judged) {
    const known = byPair.get(each.pair.join())
    if (known === undefined || (known.reason === 'weight' && each.reason !== 'weight')) byPair.set(each.pair.join(), each)
  }
  return [...byPair].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}

async function store({ tx, orgId, now, actor }: InTx, emit: Emit, version: number, judged: readonly Judged[]): Promise<FoundMatch[]> {
  const by = actor.kind === 'system' ? `rule ${version}` : actor.kind
  const rows = judged.map(({ pair: [person, candidate], weight, prior, fields, band, reason }) => ({
    id: toUuid(newId('mtd')), person, candidate, weight, fields: [{ field: 'prior', level: 'prior', weight: prior }, ...fields], band, reason,
  }))
  const stored = await tx.execute<{ person: string; candidate: string; changed: boolean }>(sql`
    with fresh as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, person uuid, candidate uuid, weight float8, fields jsonb, band text, reason text)
    ), before as materialized (
      select d.person_id, d.candidate_id, d.band from match_decisions d join fresh f on d.org_id = ${toUuid(orgId)} and d.person_id = f.person and d.candidate_id = f.candidate
    )
    insert into match_decisions as d (org_id, id, person_id, candidate_id, weight, fields, band, reason, model_version, state, decided_by, at)
    select ${toUuid(orgId)}::uuid, id, person, candidate, weight, fields, band, reason, ${version}, 'open', ${by}, ${now.toISOString()}::timestamptz from fresh
    on conflict (org_id, person_id, candidate_id) do update set weight = excluded.weight, fields = excluded.fields,
      band = case when d.reason <> 'weight' then d.band else excluded.band end, reason = case when d.reason <> 'weight' then d.reason else excluded.reason end,
      model_version = excluded.model_version, decided_by = excluded.decided_by, at = excluded.at
    where d.state = 'open'
    returning d.person_id as person, d.candidate_id as candidate, not exists (select from before b where b.person_id = d.person_id and b.candidate_id = d.candidate_id and b.band = d.band) as changed`)
  const changed = new Map(stored.map((row) => [`${row.person},${row.candidate}`, row.changed]))
  const found: FoundMatch[] = []
  for (const { pair, band, probability, weight } of judged) {
    const isChanged = changed.get(pair.join())
    if (isChanged === undefined || band === 'new') continue
    const [personId, candidateId] = [fromUuid('per', pair[0]), fromUuid('per', pair[1])]
    found.push({ personId, candidateId, band, probability, weight })
    if (isChanged) await emit('people.match-found', { personId, candidateId, band })
  }
  return found
}
