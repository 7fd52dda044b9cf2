import * as z from 'zod'
import { publishCard } from '~/domain/scoring'
import { submit } from '~/http'
import type { Id } from '~/lib/ids'
import { backToCard } from './scoring.detail/back-to-card'

/** A draft comes into force: only where the box says so. */
export const action = submit({ permission: 'scoring:write', form: z.object({ sure: z.literal('on') }) }, ({ ctx, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  return backToCard(`/scoring/${cardId}/report`, () => publishCard(ctx, { cardId }), () => '/scoring')
})
