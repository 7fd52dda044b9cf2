import * as z from 'zod'
import { discardCard } from '~/domain/scoring'
import { submit } from '~/http'
import type { Id } from '~/lib/ids'
import { backToCard } from './scoring.detail/back-to-card'

/** A draft is thrown away. */
export const action = submit({ permission: 'scoring:write', form: z.object({}) }, ({ ctx, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  return backToCard(`/scoring/${cardId}`, () => discardCard(ctx, { cardId }), () => '/scoring')
})
