import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import { ensureCampaigns, ensureChannels, foldName } from '../../channels'
import type { Context } from '../../kernel'
import { textArray } from './array-literal'
import type { ImportOptions } from './import-options'
import type { ImportSource } from './import-source'
import type { AskedRow } from './lookup-rows'
import type { RowPlace } from './plan-rows'

/** Channels and campaigns known to an import so far: a file names few of them, in every row. Ids are UUIDs. */
export type ImportNames = { channels: Map<string, string>; campaigns: Map<string, string>; seen: Set<string> }
/** Names a chunk made, for its undoing. */
export type MadeNames = { channels: string[]; campaigns: string[] }
type InTx = Context & { tx: Tx }

export const noNames = (): ImportNames => ({ channels: new Map(), campaigns: new Map(), seen: new Set() })

/** The name a file's channel is kept under, by what was decided in the values step. */
export const channelName = (name: string | null, options: ImportOptions): string | null => {
  if (name === null) return null
  const said = options.channels?.[name]
  return said === undefined ? name : said === '' ? null : said
}

const wantedOf = (rows: readonly AskedRow[], options: ImportOptions) => ({
  channels: [...new Set(rows.flatMap(({ row: { draft } }) => channelName(draft.channel, options) ?? []))],
  campaigns: rows.flatMap(({ row: { draft } }) => (draft.campaign === null ? [] : [{ channel: channelName(draft.channel, options), name: draft.campaign }])),
})

/** Looks up the names of a chunk; `makes` makes those that are missing and answers which. A dry run makes none. */
export async function ensureNames(ctx: InTx, source: ImportSource, rows: readonly AskedRow[], names: ImportNames, { options, makes }: { options: ImportOptions; makes: boolean }): Promise<MadeNames> {
  const wanted = wantedOf(rows, options)
  const made: MadeNames = { channels: [], campaigns: [] }
  const utm = (name: string) => [...new Set(rows.flatMap(({ row: { draft } }) => draft.utm[name] ?? []))]
  const isNew = (name: string) => !names.channels.has(foldName(name)) && !names.seen.has(`channel ${name}`)
  const channels = [...wanted.channels, ...utm('utm_source')].filter(isNew)
  if (channels.length > 0) {
    await knownChannels(ctx, channels, names)
    for (const name of channels) names.seen.add(`channel ${name}`)
    const missing = wanted.channels.filter((name) => !names.channels.has(foldName(name)))
    if (makes && missing.length > 0) for (const { id, key } of await ensureChannels(ctx, missing)) { names.channels.set(key, id); made.channels.push(id) }
  }
  const own = source.channelId === null ? null : toUuid(source.channelId)
  const campaigns = [...new Map(wanted.campaigns.flatMap(({ channel, name }) => {
    const channelId = channel === null ? own : names.channels.get(foldName(channel))
    return channelId == null || names.campaigns.has(`${channelId} ${foldName(name)}`) ? [] : [[`${channelId} ${foldName(name)}`, { channelId, name }] as const]
  })).values()]
  const tagged = utm('utm_campaign').filter((name) => !names.seen.has(`campaign ${name}`))
  if (campaigns.length === 0 && tagged.length === 0) return made
  await knownCampaigns(ctx, [...campaigns.map(({ name }) => name), ...tagged], names)
  for (const name of tagged) names.seen.add(`campaign ${name}`)
  const missing = campaigns.filter(({ channelId, name }) => !names.campaigns.has(`${channelId} ${foldName(name)}`))
  if (makes && missing.length > 0) for (const { id, channelId, key } of await ensureCampaigns(ctx, missing)) { names.campaigns.set(`${channelId} ${key}`, id); made.campaigns.push(id) }
  return made
}

async function knownChannels({ tx, orgId }: InTx, wanted: readonly string[], names: ImportNames): Promise<void> {
  const rows = await executePrepared<{ id: string; key: string }>(tx, sql`
    select id, key from channels where org_id = ${toUuid(orgId)}::uuid and key = any (${textArray(wanted.map(foldName))}::text[])`)
  for (const { id, key } of rows) names.channels.set(key, id)
}

async function knownCampaigns({ tx, orgId }: InTx, wanted: readonly string[], names: ImportNames): Promise<void> {
  const rows = await executePrepared<{ id: string; channel_id: string; key: string }>(tx, sql`
    select id, channel_id, key from campaigns where org_id = ${toUuid(orgId)}::uuid and key = any (${textArray(wanted.map(foldName))}::text[])`)
  for (const { id, channel_id: channelId, key } of rows) names.campaigns.set(`${channelId} ${key}`, id)
}

/** Where a row belongs: what it names, else its utm_source where that is a channel, else where the source's leads belong. */
export function placeOf({ row: { draft } }: AskedRow, source: ImportSource, names: ImportNames, options: ImportOptions): RowPlace {
  const named = channelName(draft.channel, options)
  const utm = draft.utm['utm_source']
  const channelId = (named === null ? undefined : names.channels.get(foldName(named))) ?? (utm === undefined ? undefined : names.channels.get(foldName(utm))) ??
    (source.channelId === null ? null : toUuid(source.channelId))
  const own = source.campaignId !== null && source.channelId !== null && channelId === toUuid(source.channelId) ? toUuid(source.campaignId) : null
  const campaign = draft.campaign ?? draft.utm['utm_campaign'] ?? null
  return { channelId, campaignId: (channelId === null || campaign === null ? undefined : names.campaigns.get(`${channelId} ${foldName(campaign)}`)) ?? own }
}
