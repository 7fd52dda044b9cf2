import { listLeads } from '~/domain/leads'
import { page } from '~/http'
import * as z from 'zod'

/** Leads by name, number or address for the command palette. */
export const loader = page({ permission: 'leads:read', search: z.object({ q: z.string().max(100).default('') }) }, async ({ ctx, search }) => {
  if (search.q.trim() === '') return { results: [] }
  const { rows } = await listLeads(ctx, { q: search.q, limit: 8 })
  return {
    results: rows.map(({ id, person, company, channel }) => ({
      id, label: [person?.name, company?.name].find((name) => name !== undefined && name !== '') ?? id, description: [company?.name, channel?.name].filter((part) => part !== undefined).join(' · '), href: `/leads/${id}`,
    })),
  }
})
