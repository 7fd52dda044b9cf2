import { exportLeads } from '~/domain/leads'
import { LeadFilter } from '~/domain/leads/contract'
import { page } from '~/http'

const bare = (text: string) => text.replaceAll(/[^\w-]+/g, '-')

/** The list's filter as a file, named by its period and time zone. */
export const loader = page({ permission: 'leads:export', search: LeadFilter }, async ({ ctx, search, viewer }) => {
  const { csv } = await exportLeads(ctx, search)
  const isFiltered = Object.entries(search).some(([name, value]) => name !== 'from' && name !== 'to' && value !== undefined)
  const name = ['leads', isFiltered ? 'filtered' : 'all', search.from ?? 'start', search.to ?? 'now', viewer.org.timeZone].map(bare).join('_')
  const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"`, 'Cache-Control': 'private, no-store' }
  return new Response(csv, { headers })
})
