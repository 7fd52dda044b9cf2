import { sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { type Context, type Emit } from '../../kernel'
import type { MatchBand, MatchReason } from '../vocabulary'
import { compareNames } from './compare-names'
import { findCandidates, holdersOf } from './find-candidates'
import { probabilityOf } from './engine/model'
import { writeMatchKeys } from './keep-match-keys'
import { fullNameKey, loadRecords, matchKeysOf, type MatchRecord } from './match-record'
import { bandOf, currentModel, thresholdsOf, type MatchThresholds } from './match-settings'
import { weighPeople, type Weighed } from './weigh-people'

type InTx = Context & { tx: Tx }
/** People whose number somebody else gave: they are looked at whatever the weight says. */
export type Doubted = { personId: Id<'per'>; reason: Exclude<MatchReason, 'weight'> }
export type FoundMatch = { personId: Id<'per'>; candidateId: Id<'per'>; band: MatchBand; probability: number; weight: number }
type Judged = Weighed & { other: MatchRecord; band: MatchBand; reason: MatchReason; probability: number }

/** Writes a person's keys, weighs everybody who shares one, and stores what follows. Answered pairs are left alone. */
export async function weighCandidates(ctx: InTx, emit: Emit, personId: Id<'per'>, doubted: readonly Doubted[] = []): Promise<FoundMatch[]> {
  const { tx, orgId, now } = ctx
  const [one] = await loadRecords(tx, orgId, [personId], now)
  if (one === undefined) return []
  await writeMatchKeys(ctx, [one])
  const ids = await findCandidates(tx, orgId, personId, matchKeysOf(orgId, one))
  const others = await loadRecords(tx, orgId, [...new Set([...ids, ...doubted.map((each) => each.personId)])].filter((id) => id !== personId), now)
  if (others.length === 0) return []
  const [{ model, version, people }, thresholds] = [await currentModel(tx, orgId), await thresholdsOf(tx, orgId)]
  const sameName = await holdersOf(tx, orgId, fullNameKey(orgId, one.name))
  const nameChance = Math.max(1, sameName - 1) / people
  const judged = others.map((other) => judge(one, other, weighPeople(model, one, other, nameChance), thresholds, doubted))
  return store(ctx, emit, one.id, version, worthKeeping(judged))
}

function judge(one: MatchRecord, other: MatchRecord, weighed: Weighed, thresholds: MatchThresholds, doubted: readonly Doubted[]): Judged {
  const probability = probabilityOf(weighed.weight)
  const said = doubted.find(({ personId }) => personId === other.id)?.reason
  const sharesNumber = weighed.fields.some(({ field, level }) => field === 'phone' && level === 'exact')
  const reason: MatchReason = said ?? (sharesNumber && compareNames(one.name, other.name) === 'other' ? 'other-name' : 'weight')
  const band = bandOf(probability, thresholds)
  return { ...weighed, other, probability, reason, band: reason === 'weight' ? band : 'review' }
}

// Of those who are nobody's match only the nearest is kept: it says why this person is new.
function worthKeeping(judged: readonly Judged[]): Judged[] {
  const sorted = [...judged].sort((a, b) => b.weight - a.weight)
  const found = sorted.filter(({ band }) => band !== 'new')
  return found.length > 0 ? found : sorted.slice(0, 1)
}

async function store({ tx, orgId, now, actor }: InTx, emit: Emit, id: Id<'per'>, version: number, judged: readonly Judged[]): Promise<FoundMatch[]> {
  const found: FoundMatch[] = []
  for (const { other, weight, prior, fields, band, reason, probability } of judged) {
    const [personId, candidateId] = toUuid(id) < toUuid(other.id) ? [id, other.id] : [other.id, id]
    const parts = JSON.stringify([{ field: 'prior', level: 'prior', weight: prior }, ...fields])
    const by = actor.kind === 'system' ? `rule ${version}` : actor.kind
    const rows = await tx.execute<{ changed: boolean }>(sql`
      with before as (select band, reason from match_decisions where org_id = ${toUuid(orgId)} and person_id = ${toUuid(personId)} and candidate_id = ${toUuid(candidateId)})
      insert into match_decisions as d (org_id, id, person_id, candidate_id, weight, fields, band, reason, model_version, state, decided_by, at)
      values (${toUuid(orgId)}, ${toUuid(newId('mtd'))}, ${toUuid(personId)}, ${toUuid(candidateId)}, ${weight}, ${parts}::jsonb, ${band}, ${reason}, ${version}, 'open', ${by}, ${now.toISOString()}::timestamptz)
      on conflict (org_id, person_id, candidate_id) do update set weight = excluded.weight, fields = excluded.fields,
        band = case when d.reason <> 'weight' then d.band else excluded.band end, reason = case when d.reason <> 'weight' then d.reason else excluded.reason end,
        model_version = excluded.model_version, decided_by = excluded.decided_by, at = excluded.at
      where d.state = 'open'
      returning not exists (select from before where before.band = d.band) as changed`)
    if (rows[0] === undefined || band === 'new') continue
    found.push({ personId, candidateId, band, probability, weight })
    if (rows[0].changed) await emit('people.match-found', { personId, candidateId, band })
  }
  return found
}
