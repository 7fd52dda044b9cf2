import * as z from 'zod'
import { backtestCard } from '~/domain/scoring'
import { submit } from '~/http'
import type { Id } from '~/lib/ids'
import { backToCard } from './scoring.detail/back-to-card'

const horizon = z.enum(['30', '60', '90', '180']).transform((days) => Number(days) as 30 | 60 | 90 | 180)

/** Tests a draft on leads it has not seen; a large test goes on in the worker and the page follows it. */
export const action = submit({ permission: 'scoring:write', form: z.object({ outcome: z.enum(['won', 'qualified']).optional(), horizonDays: horizon.optional() }) }, ({ ctx, input, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  return backToCard(`/scoring/${cardId}/report`, () => backtestCard(ctx, { cardId, ...input }))
})
