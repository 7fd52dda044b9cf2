import * as z from 'zod'
import { findRecords, type Hit } from '~/domain/search'
import { page } from '~/http'

const KIND = { leads: 'lead', people: 'person', companies: 'company' } as const

/** Records for the command palette: the best of each kind. */
export const loader = page({ permission: 'leads:read', search: z.object({ q: z.string().max(100).default('') }) }, async ({ ctx, search }) => {
  const { groups } = await findRecords(ctx, { q: search.q, limit: 5 })
  const shown = [...groups.leads.hits, ...groups.people.hits.slice(0, 3), ...groups.companies.hits.slice(0, 3)].sort((a, b) => a.tier - b.tier)
  return Response.json({ results: shown.map(resultOf) }, { headers: { 'Cache-Control': 'no-store' } })
})

function resultOf(hit: Hit) {
  const { kind, id, href, title, detail, matched } = hit
  // A person is told by the lead too; what matched is marked in the title, or said beside it.
  const byTitle = matched !== null && matched.text === title
  return {
    id, kind: KIND[kind], href, label: title === '' ? id : title,
    description: [detail, byTitle || matched === null ? '' : matched.text].filter((part) => part !== '' && part !== title).join(' · '),
    ranges: byTitle ? matched.ranges : [],
  }
}
