import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { leadsIngestedTotal } from '~/platform/metrics'
import type { Tx } from '~db/client.server'
import { ensureCampaigns, ensureChannels, ensureExternalCampaigns, foldName } from '../channels'
import { actorId, type Context } from '../kernel'
import { ensureDefaultProductLine } from '../leads'
import type { TouchKind } from '../leads/vocabulary'
import { externalCampaignOf, lockAndLookUp, type Incoming, type Known } from './ingest-lead-lookup'
import { writeBatch } from './ingest-lead-write'
import { cleanText } from './clean-text'
import type { LeadDraft } from './lead-draft'
import { normaliseDraft, type Contact } from './normalise-draft'
import { planIngest, type IngestPlan, type IngestSource, type Planned } from './plan-ingest'

export type { IngestSource } from './plan-ingest'

/**
 * `isImported` marks history: no event is written for its leads. `createsChannels` makes channels and campaigns a
 * draft names; otherwise unknown names fall back to the source's.
 */
export type IngestOptions = { isImported?: boolean; createsChannels?: boolean; touchKind?: TouchKind; submittedBy?: Id<'mem'> }
/** A draft, read already or not, with the delivery it stands in. `namelessId` is the inquiry's external id where the draft has none. */
export type IngestItem = { draft: LeadDraft; contact?: Contact; deliveryId?: Id<'dlv'>; namelessId?: string }
/** What one draft became. `isKnown`: its inquiry existed; then `isChanged` says whether anything blank was filled. */
export type Ingested = {
  inquiryId: Id<'inq'>; leadId: Id<'lead'> | null; personId: Id<'per'> | null; companyId: Id<'co'> | null
  isKnown: boolean; isChanged: boolean; isNewLead: boolean; isRepeat: boolean; isAmbiguous: boolean
}
type InTx = Context & { tx: Tx }

const CHUNK = 500

/** Ingests one draft; see `ingestLeads`. */
export async function ingestLead(ctx: InTx, source: IngestSource, draft: LeadDraft, options: IngestOptions = {}): Promise<Ingested> {
  const [ingested] = await ingestLeads(ctx, source, [{ draft }], options)
  if (!ingested) throw new Error('A draft was ingested without an answer')
  return ingested
}

/**
 * Turns drafts of one source into people, companies, inquiries, leads and touches, in their order, inside the
 * caller's transaction; answers in the same order. One inquiry per (source, external id): a second one only fills
 * what was blank. One open lead per company (or person) and product line: a second inquiry joins it. Writes
 * the audit rows and `lead.captured`. The caller has checked that the actor may; ids in drafts must be of this organisation.
 */
export async function ingestLeads(ctx: InTx, source: IngestSource, items: readonly IngestItem[], options: IngestOptions = {}): Promise<Ingested[]> {
  const ingested: Ingested[] = []
  for (let from = 0; from < items.length; from += CHUNK) {
    const batch = items.slice(from, from + CHUNK).map((item) => incomingOf(ctx, source, item))
    ingested.push(...(await ingestChunk(ctx, source, batch, options)))
  }
  return ingested
}

async function ingestChunk(ctx: InTx, source: IngestSource, batch: Incoming[], options: IngestOptions): Promise<Ingested[]> {
  const found = await lockAndLookUp(ctx.tx, ctx.orgId, source.id, batch)
  const known = await withNames(ctx, source, batch, found, options.createsChannels ?? false)
  const plan: IngestPlan = {
    source, submittedBy: options.submittedBy === undefined ? null : toUuid(options.submittedBy),
    touchKind: options.touchKind ?? 'form', isImported: options.isImported ?? false, actor: { kind: ctx.actor.kind, id: actorId(ctx.actor) }, now: ctx.now,
    defaultProductLineId: known.product_lines.find((line) => line.is_default)?.id ?? (await defaultProductLine(ctx)),
  }
  const { writes, planned } = planIngest(batch, known, plan)
  if (!plan.isImported) writes.events.push(...planned.flatMap(eventOf))
  await writeBatch(ctx.tx, ctx.orgId, writes, plan, ctx.requestId)
  for (const each of planned) leadsIngestedTotal.inc({ connector: options.touchKind ?? 'form', result: each.isKnown ? 'known' : each.isNewLead ? 'lead' : 'inquiry' })
  return planned.map(answerOf)
}

function incomingOf(ctx: Context, source: IngestSource, { draft, contact, deliveryId, namelessId }: IngestItem): Incoming {
  const unnamed = namelessId ?? newId('inq')
  const at = draft.at === null || draft.at > ctx.now ? ctx.now : draft.at
  return { draft, contact: contact ?? normaliseDraft(draft, source.defaultCountry), externalId: (draft.externalId === null ? null : cleanText(draft.externalId, 300)) ?? unnamed, deliveryId: deliveryId === undefined ? null : toUuid(deliveryId), at }
}

// Only what is missing costs a statement: the usual message names nothing new.
async function withNames(ctx: InTx, source: IngestSource, batch: readonly Incoming[], known: Known, creates: boolean): Promise<Known> {
  const channels = creates ? await missingChannels(ctx, batch, known) : known.channels
  const channelOf = (draft: LeadDraft) =>
    channels.find(({ key }) => draft.channel !== null && key === foldName(draft.channel))?.id ??
    channels.find(({ key }) => draft.utm['utm_source'] !== undefined && key === foldName(draft.utm['utm_source']))?.id ??
    (source.channelId === null ? null : toUuid(source.channelId))
  const wanted = batch.flatMap(({ draft }) => {
    const channelId = channelOf(draft)
    const externalId = externalCampaignOf(draft)
    const name = draft.campaign ?? (externalId === null ? null : `#${externalId}`)
    return channelId === null || name === null ? [] : [{ channelId, name, externalId, isNamed: draft.campaign !== null }]
  })
  const linked = (each: (typeof wanted)[number]) => known.external_campaigns.some((row) => row.channel_id === each.channelId && row.external_id === each.externalId)
  const there = (each: (typeof wanted)[number]) => known.campaigns.some((row) => row.channel_id === each.channelId && row.key === foldName(each.name))
  const missing = wanted.filter((each) => (each.externalId === null ? !there(each) : !linked(each)))
  if (missing.length === 0) return { ...known, channels }
  const campaigns = await ensureCampaigns(ctx, missing)
  const links = missing.flatMap((each, i) => (each.externalId === null ? [] : [{ channelId: each.channelId, externalId: each.externalId, campaignId: campaigns[i]?.id ?? '' }]))
  if (links.length > 0) await ensureExternalCampaigns(ctx, links)
  return {
    ...known, channels,
    campaigns: [...known.campaigns, ...campaigns.map(({ id, channelId, key }) => ({ id, channel_id: channelId, key }))],
    external_campaigns: [...known.external_campaigns, ...links.map(({ channelId, externalId, campaignId }) => ({ channel_id: channelId, external_id: externalId, campaign_id: campaignId }))],
  }
}

async function missingChannels(ctx: InTx, batch: readonly Incoming[], known: Known): Promise<Known['channels']> {
  const names = batch.flatMap(({ draft }) => (draft.channel !== null && !known.channels.some(({ key }) => key === foldName(draft.channel ?? '')) ? [draft.channel] : []))
  return names.length === 0 ? known.channels : [...known.channels, ...(await ensureChannels(ctx, names))]
}

// An organisation always sells something: without a product line the first lead makes the one by default.
async function defaultProductLine(ctx: InTx): Promise<string> {
  const made = await ensureDefaultProductLine({ ...ctx, actor: { kind: 'system', job: 'ingest' } }, {})
  return toUuid(made.productLineId)
}

function eventOf(planned: Planned) {
  if (planned.leadId === null || planned.isKnown) return []
  const payload = {
    leadId: fromUuid('lead', planned.leadId), inquiryId: fromUuid('inq', planned.inquiryId),
    ownerId: planned.ownerId === null ? null : fromUuid('mem', planned.ownerId), isNew: planned.isNewLead,
  }
  return [{ id: toUuid(newId('evt')), payload }]
}

const answerOf = ({ inquiryId, leadId, personId, companyId, isKnown, isChanged, isNewLead, isRepeat, isAmbiguous }: Planned): Ingested => ({
  inquiryId: fromUuid('inq', inquiryId), leadId: leadId === null ? null : fromUuid('lead', leadId), personId: personId === null ? null : fromUuid('per', personId),
  companyId: companyId === null ? null : fromUuid('co', companyId), isKnown, isChanged, isNewLead, isRepeat, isAmbiguous,
})
