import type { FunnelRow, LeadMetric } from '~/domain/analytics'

/** What the page asks: it stands in the address, so that any reading can be shared. */
export type Asked = {
  from: string
  to: string
  /** the preset by name, or null for chosen days */
  preset: string | null
  by: 'channel' | 'campaign' | 'source' | 'owner'
  view: 'cohort' | 'activity'
  asOf: string | null
  compare: 'previous' | 'off'
}

function paramsOf({ from, to, preset, by, view, asOf, compare }: Asked): URLSearchParams {
  const params = new URLSearchParams(preset === null ? { from, to } : { period: preset })
  params.set('by', by)
  params.set('view', view)
  if (asOf !== null) params.set('as_of', asOf)
  if (compare === 'off') params.set('compare', 'off')
  return params
}

/** The same page with something else asked. */
export const funnelHref = (asked: Asked, change: Partial<Asked> = {}): string => `/funnel?${paramsOf({ ...asked, ...change })}`
export const exportHref = (asked: Asked): string => `/funnel/export?${paramsOf(asked)}`

// The same filters as `leadMetrics`, as they stand in the address of the list.
const filters: Record<LeadMetric, string> = {
  leads: '', valid_leads: 'verdict=valid', qualified: 'verdict=valid&reached=qualified', graded: 'verdict=valid&reached=graded',
  won: 'verdict=valid&reached=won', lost: 'verdict=valid&lost=true', junk: 'verdict=junk',
}

/** The list of exactly the leads behind a number; `row` is absent for totals. */
export function leadsHref({ from, to, by, view, asOf }: Asked, metric: LeadMetric, row?: Pick<FunnelRow, 'key'>): string {
  const params = new URLSearchParams({ from, to, view })
  if (asOf !== null) params.set('as_of', asOf)
  for (const [name, value] of new URLSearchParams(filters[metric])) params.set(name, value)
  if (row !== undefined) params.set(by, row.key ?? 'none')
  return `/leads?${params}`
}
