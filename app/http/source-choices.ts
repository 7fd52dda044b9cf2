import { listCampaigns, listChannels } from '~/domain/channels'
import type { Context } from '~/domain/kernel'
import { listPools, listProductLines } from '~/domain/leads'
import { listMembers } from '~/domain/orgs'

/** What a source or a form of leads may be given. `pools` are those beside the organisation's own. */
export type SourceChoices = Record<'channels' | 'campaigns' | 'members' | 'pools' | 'productLines', { id: string; label: string }[]>

/** Where leads of a source may go, each choice in use and of this organisation. */
export async function sourceChoices(ctx: Context): Promise<SourceChoices> {
  const channels = (await listChannels(ctx, {})).map(({ id, name }) => ({ id, label: name }))
  const nameOf = new Map(channels.map(({ id, label }) => [id, label]))
  return {
    channels, campaigns: (await listCampaigns(ctx, {})).flatMap(({ id, name, channelId }) => (nameOf.has(channelId) ? [{ id, label: `${nameOf.get(channelId) ?? ''} · ${name}` }] : [])),
    members: (await listMembers(ctx, {})).flatMap(({ id, name, role, status }) => (role === 'partner' || status !== 'active' ? [] : [{ id, label: name }])),
    pools: (await listPools(ctx, {})).flatMap(({ id, name, isDefault }) => (isDefault || name === null ? [] : [{ id, label: name }])),
    productLines: (await listProductLines(ctx, {})).map(({ id, name }) => ({ id, label: name })),
  }
}
