import { leadBoard } from '~/domain/leads'
import { LeadBoard } from '~/domain/leads/contract'
import { page } from '~/http'

/** The next cards of one column of the board. */
export const loader = page({ permission: 'leads:read' }, async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams
  const single = Object.fromEntries([...search].filter(([name, value]) => value !== '' && name in LeadBoard.shape && name !== 'f' && name !== 'or'))
  const [column] = await leadBoard(ctx, { ...single, f: search.getAll('f'), or: search.getAll('or') } as never)
  return { column: column ?? null }
})
