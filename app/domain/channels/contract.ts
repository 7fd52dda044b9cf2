import * as z from 'zod'
import { idOf, localDay, requiredLine } from '../kernel/contract'
import { channelKinds } from './vocabulary'

export const CreateChannel = z.object({ name: requiredLine(120), kind: z.enum(channelKinds) })
export const RenameChannel = z.object({ channelId: idOf('ch'), name: requiredLine(120), kind: z.enum(channelKinds).optional() })
export const OneChannel = z.object({ channelId: idOf('ch') })
export const EnsureChannel = z.object({ name: requiredLine(120) })
export const ListChannels = z.object({ archived: z.boolean().default(false) }).default({ archived: false })

export const CreateCampaign = z.object({ channelId: idOf('ch'), name: requiredLine(200) })
export const RenameCampaign = z.object({ campaignId: idOf('cmp'), name: requiredLine(200) })
export const OneCampaign = z.object({ campaignId: idOf('cmp') })
export const ListCampaigns = z.object({ channelId: idOf('ch').optional(), archived: z.boolean().default(false) }).default({ archived: false })

const counted = z.number().int().min(0)
/** Counts of one day; a second row for the same day, channel and campaign replaces the first. */
export const RecordExposures = z.object({
  rows: z.array(z.object({ day: localDay, channelId: idOf('ch'), campaignId: idOf('cmp').nullable(), impressions: counted, clicks: counted })).max(5_000),
})
