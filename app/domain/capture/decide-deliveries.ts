import { newId, type Id } from '~/lib/ids'
import { deliveriesTotal } from '~/platform/metrics'
import type { Tx } from '~db/client.server'
import { deliveryOutcomes } from '~db/schema'
import type { Context } from '../kernel'
import { writeImportedFields, type SaidOfLead } from '../leads'
import { applyFieldMapping } from './apply-field-mapping'
import { bindContacts, type CodeHolder } from './bind-contacts'
import type { Keys, Meaning } from './connectors/connector'
import { connectorOf, isMappedConnector } from './connectors/registry'
import { holdSubmission } from './forms/hold-submission'
import { forgottenAmong, honourErasures, withoutForgotten } from './honour-erasures'
import { ingestLeads, type Ingested, type IngestItem, type IngestSource } from './ingest-lead'
import { ingestSource } from './ingest-source'
import type { Issue } from './lead-draft'
import { orderFetches } from './order-fetches'
import { normaliseDraft } from './normalise-draft'
import { recordTouches, type Arrival } from './record-touches'
import { settleAnswered } from './settle-fetch'
import { sourceKeys } from './source-keys'
import { namesOfArrival } from './touch-names'
import { lockDeliveries, type StoredDelivery, type Verdict } from './stored-deliveries'

type InTx = Context & { tx: Tx }
type Meant = { stored: StoredDelivery; meaning: Meaning }

/**
 * Turns kept deliveries into leads and writes their verdicts, in the caller's transaction. Doing it twice, or at once
 * from two workers, changes nothing; `again` reads the bytes with the present mapping and writes a verdict only
 * where it differs. Deliveries of nobody here are left out of the answer.
 */
export async function decideDeliveries(ctx: InTx, ids: readonly Id<'dlv'>[], again: boolean): Promise<Map<Id<'dlv'>, Verdict>> {
  const stored = await lockDeliveries(ctx, ids)
  const verdicts = new Map(stored.flatMap((each) => (each.last === null ? [] : [[each.id, each.last] as const])))
  const open = stored.filter((each) => each.last === null || (again && mayChange(each, each.last)))
  for (const [sourceId, group] of bySource(open)) {
    for (const [id, verdict] of await decideOfSource(ctx, sourceId, group)) verdicts.set(id, verdict)
  }
  await writeVerdicts(ctx, open, verdicts)
  await settleAnswered(ctx, open.filter(({ way }) => way === 'fetch'))
  return verdicts
}

// Duplicates and rejected messages have nothing of their own to become.
const mayChange = ({ isFirst, body }: StoredDelivery, last: Verdict) => isFirst && body !== null && last.verdict !== 'rejected'

function bySource(stored: readonly StoredDelivery[]): Map<Id<'src'>, StoredDelivery[]> {
  const groups = new Map<Id<'src'>, StoredDelivery[]>()
  for (const each of stored) groups.set(each.sourceId, [...(groups.get(each.sourceId) ?? []), each])
  return groups
}

async function decideOfSource(ctx: InTx, sourceId: Id<'src'>, group: readonly StoredDelivery[]): Promise<Map<Id<'dlv'>, Verdict>> {
  const source = await ingestSource(ctx, sourceId)
  const keys = await sourceKeys(ctx, sourceId)
  const verdicts = new Map<Id<'dlv'>, Verdict>()
  const meant: Meant[] = []
  for (const stored of group) {
    const mapped = meaningOf(stored, keys)
    if ('issues' in mapped) verdicts.set(stored.id, unreadable(mapped.issues))
    else if ('test' in mapped) verdicts.set(stored.id, { verdict: 'test', issues: null, leadId: null, inquiryId: null })
    else meant.push({ stored, meaning: mapped })
  }
  const inside: InTx = { ...ctx, actor: { kind: 'source', sourceId } }
  const forgotten = await forgottenIn(inside, source, meant)
  const read: Read[] = []
  for (const each of meant) {
    const drafts = await readDrafts(inside, source, each, keys, forgotten)
    const { id, body } = each.stored
    const held = body === null ? null : await holdSubmission(inside, id, { ...each.stored, body }, keys, drafts.items[0]?.draft)
    if (held === null) read.push(drafts)
    else verdicts.set(each.stored.id, held)
  }
  await ingestAll(inside, source, read)
  await fillFields(inside, read)
  await recordTouches(inside, source, read.map((each) => ({ ...each.meaning, holders: each.holders, arrivals: arrivalsOf(source, each), receivedAt: each.stored.receivedAt })))
  for (const { stored, meaning, ingested } of read) verdicts.set(stored.id, await finish(inside, source, stored, meaning, ingested))
  return verdicts
}

/** A message with its drafts on their way in, and what they became. */
type Read = Meant & { items: IngestItem[]; holders: ReadonlyMap<string, CodeHolder>; ingested: Ingested[] }

async function readDrafts(ctx: InTx, source: IngestSource, { stored, meaning }: Meant, { settings }: Keys, forgotten: ReadonlySet<string>): Promise<Read> {
  const { id: deliveryId, dedupeKey, receivedAt } = stored
  const named = meaning.leads.map((draft, index) => ({
    draft: { ...applyFieldMapping(draft, settings), at: draft.at === null || draft.at > receivedAt ? receivedAt : draft.at },
    deliveryId, namelessId: `msg:${dedupeKey}${index === 0 ? '' : `#${index + 1}`}`,
  }))
  const kept = await withoutForgotten(ctx, forgotten, named)
  const { drafts, holders } = await bindContacts(ctx, source, kept.map(({ draft }) => draft), meaning.touches)
  const items = kept.filter(({ draft }) => drafts.includes(draft)).map((item) => ({ ...item, contact: normaliseDraft(item.draft, source.defaultCountry) }))
  return { stored, meaning, items, holders, ingested: [] }
}

// One lookup and one write for all messages whose leads are touches of the same kind.
async function ingestAll(ctx: InTx, source: IngestSource, read: readonly Read[]): Promise<void> {
  for (const touchKind of new Set(read.map(({ meaning }) => meaning.touchKind))) {
    const group = read.filter(({ meaning }) => meaning.touchKind === touchKind)
    const ingested = await ingestLeads(ctx, source, group.flatMap(({ items }) => items), touchKind === undefined ? {} : { touchKind })
    let from = 0
    for (const each of group) {
      each.ingested = ingested.slice(from, from + each.items.length)
      from += each.items.length
    }
  }
}

// What the source's mapping sends to the organisation's own fields fills those that say nothing yet.
async function fillFields(ctx: InTx, read: readonly Read[]): Promise<void> {
  const said = read.flatMap(({ items, ingested }) => items.flatMap(({ draft }, at): SaidOfLead[] => {
    const leadId = ingested[at]?.leadId ?? null
    return leadId === null || Object.keys(draft.custom).length === 0 ? [] : [{ leadId, said: draft.custom }]
  }))
  if (said.length > 0) await writeImportedFields(ctx, said)
}

// Whom leads named: what they did before is theirs from now on.
function arrivalsOf(source: IngestSource, { items, ingested }: Read): Arrival[] {
  return ingested.flatMap(({ personId, isKnown, isChanged }, index) => {
    const item = items[index]
    if (personId === null || item?.contact === undefined || (isKnown && !isChanged)) return []
    return [{ personId, names: namesOfArrival(source, { draft: item.draft, contact: item.contact, externalId: item.draft.externalId ?? item.namelessId ?? '' }) }]
  })
}

// All ids of the group at once and sorted: from here on nobody else fetches, writes or forgets these leads.
function forgottenIn(ctx: InTx, source: IngestSource, meant: readonly Meant[]): Promise<Set<string>> {
  const named = meant.filter(({ stored: { connector } }) => isMappedConnector(connector) && connectorOf(connector).fetch !== undefined)
  const ids = named.flatMap(({ meaning: { leads, fetches = [], erasures = [] } }) => [...leads.flatMap(({ externalId }) => externalId ?? []), ...fetches.map(({ externalId }) => externalId), ...erasures])
  return forgottenAmong(ctx, source, [...new Set(ids)])
}

function meaningOf({ connector, body, headers, way }: StoredDelivery, keys: Keys) {
  if (body === null) return { issues: [{ path: '', code: 'body-erased' }] }
  return isMappedConnector(connector) ? connectorOf(connector).map({ raw: body, headers, way }, keys) : { issues: [{ path: '', code: 'no-connector' }] }
}

/** What a message asks for beyond its leads, and the verdict on it. */
async function finish(ctx: InTx, source: IngestSource, { id }: StoredDelivery, { erasures = [], fetches = [], ignored }: Meaning, ingested: readonly Ingested[]): Promise<Verdict> {
  if (erasures.length > 0) await honourErasures(ctx, source, erasures)
  const fetched = fetches.length === 0 ? null : await orderFetches(ctx, source, id, fetches)
  if (fetched !== null) return fetched
  const [first] = ingested
  const codes = [...(ingested.some(({ isAmbiguous }) => isAmbiguous) ? ['ambiguous-person'] : []), ...(ignored === undefined ? [] : [ignored])]
  const issues = codes.length === 0 ? null : codes.map((code) => ({ path: '', code }))
  return { verdict: 'processed', issues, leadId: first?.leadId ?? null, inquiryId: first?.inquiryId ?? null }
}

const unreadable = (issues: Issue[]): Verdict => ({ verdict: 'unreadable', issues, leadId: null, inquiryId: null })

/** Writes the verdicts that are news; `stored` means still waited for and is no verdict. */
async function writeVerdicts(ctx: InTx, open: readonly StoredDelivery[], verdicts: ReadonlyMap<Id<'dlv'>, Verdict>): Promise<void> {
  const news = open.flatMap(({ id, connector, last }) => {
    const verdict = verdicts.get(id)
    if (verdict === undefined || verdict.verdict === 'stored' || (last !== null && isSame(last, verdict))) return []
    deliveriesTotal.inc({ connector, verdict: verdict.verdict })
    return [{ orgId: ctx.orgId, id: newId('dlo', ctx.now), deliveryId: id, ...verdict, at: ctx.now }]
  })
  if (news.length > 0) await ctx.tx.insert(deliveryOutcomes).values(news)
}

const isSame = (a: Verdict, b: Verdict) => a.verdict === b.verdict && a.leadId === b.leadId && a.inquiryId === b.inquiryId && JSON.stringify(a.issues) === JSON.stringify(b.issues)
