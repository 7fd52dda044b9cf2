import { sql, type SQL } from 'drizzle-orm'
import type { DimensionName } from './vocabulary'



/** A dimension: the column of leads `l` and of inquiries `q`, the table it is named in, and whether exposures know it. */
type Dimension = { prefix: 'ch' | 'cmp' | 'src' | 'mem'; ofLead: SQL; ofInquiry: SQL; ofExposure: SQL | null; names: SQL; kind: SQL }

export const dimensions: Record<DimensionName, Dimension> = {
  channel: {
    prefix: 'ch', ofLead: sql`l.channel_id`, ofInquiry: sql`q.channel_id`, ofExposure: sql`x.channel_id`, names: sql`channels`, kind: sql`d.kind`,
  },
  campaign: {
    prefix: 'cmp', ofLead: sql`l.campaign_id`, ofInquiry: sql`q.campaign_id`, ofExposure: sql`x.campaign_id`, names: sql`campaigns`, kind: sql`null`,
  },
  source: { prefix: 'src', ofLead: sql`l.source_id`, ofInquiry: sql`q.source_id`, ofExposure: null, names: sql`sources`, kind: sql`null` },
  owner: { prefix: 'mem', ofLead: sql`l.owner_id`, ofInquiry: sql`l.owner_id`, ofExposure: null, names: sql`members`, kind: sql`null` },
}
