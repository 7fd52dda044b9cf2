import { fieldDefinitions, campaigns, channels, productLines, sources } from '~db/schema'
import type { Tx } from '~db/client.server'
import type { Id } from '~/lib/ids'
import type { ChannelKind } from '../../channels/vocabulary'
import type { FieldKind } from '../../leads/vocabulary'

/** What of an organisation a card may ask about; archived things are there and say so. */
export type KnownValues = {
  fields: ReadonlyMap<Id<'cf'>, { kind: FieldKind; choices: readonly string[]; isArchived: boolean }>
  channels: ReadonlyMap<Id<'ch'>, { kind: ChannelKind; isArchived: boolean }>
  campaigns: ReadonlyMap<Id<'cmp'>, { channelId: Id<'ch'>; isArchived: boolean }>
  sources: ReadonlySet<Id<'src'>>
  productLines: ReadonlyMap<Id<'pl'>, { isArchived: boolean }>
}

/** Reads what there is in this organisation: an id that is not here is of nobody. */
export async function knownValues(tx: Tx): Promise<KnownValues> {
  const fields = await tx.select({ id: fieldDefinitions.id, kind: fieldDefinitions.kind, choices: fieldDefinitions.choices, archivedAt: fieldDefinitions.archivedAt }).from(fieldDefinitions)
  const ways = await tx.select({ id: channels.id, kind: channels.kind, archivedAt: channels.archivedAt }).from(channels)
  const efforts = await tx.select({ id: campaigns.id, channelId: campaigns.channelId, archivedAt: campaigns.archivedAt }).from(campaigns)
  const inlets = await tx.select({ id: sources.id }).from(sources)
  const lines = await tx.select({ id: productLines.id, archivedAt: productLines.archivedAt }).from(productLines)
  return {
    fields: new Map(fields.map(({ id, kind, choices, archivedAt }) => [id, { kind, choices: (choices as { key: string }[]).map(({ key }) => key), isArchived: archivedAt !== null }])),
    channels: new Map(ways.map(({ id, kind, archivedAt }) => [id, { kind, isArchived: archivedAt !== null }])),
    campaigns: new Map(efforts.map(({ id, channelId, archivedAt }) => [id, { channelId, isArchived: archivedAt !== null }])),
    sources: new Set(inlets.map(({ id }) => id)),
    productLines: new Map(lines.map(({ id, archivedAt }) => [id, { isArchived: archivedAt !== null }])),
  }
}
