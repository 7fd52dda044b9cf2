import { countSoon } from '~/domain/leads'
import { LeadFilter } from '~/domain/leads/contract'
import { page } from '~/http'

/** How many a filter would show while it is written; null where that takes too long, or it is no filter yet. */
export const loader = page({ permission: 'leads:read' }, async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams
  const single = Object.fromEntries([...search].filter(([name, value]) => value !== '' && name in LeadFilter.shape && name !== 'f' && name !== 'or'))
  const asked = LeadFilter.safeParse({ ...single, f: search.getAll('f'), or: search.getAll('or') })
  return { count: asked.success ? await countSoon(ctx, asked.data) : null }
})
