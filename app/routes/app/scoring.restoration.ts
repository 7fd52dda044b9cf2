import * as z from 'zod'
import { restoreCard } from '~/domain/scoring'
import { submit } from '~/http'
import type { Id } from '~/lib/ids'
import { backToCard } from './scoring.detail/back-to-card'

/** A retired version comes back as a new draft. */
export const action = submit({ permission: 'scoring:write', form: z.object({}) }, ({ ctx, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  return backToCard(`/scoring/${cardId}`, () => restoreCard(ctx, { cardId }), (draft) => `/scoring/${draft.cardId}`)
})
