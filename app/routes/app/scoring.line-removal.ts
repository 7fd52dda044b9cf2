import * as z from 'zod'
import { DomainError } from '~/domain/kernel'
import { cardById, changeCard } from '~/domain/scoring'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { withoutLine } from '~/ui/scoring/line-said'

/** One line out of a draft, from a page without a script. */
export const action = submit({ permission: 'scoring:write', form: z.object({}) }, async ({ ctx, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  const card = await cardById(ctx, { cardId })
  const lines = withoutLine(card.terms.lines, params['lineKey'] ?? '')
  if (lines.length === card.terms.lines.length) throw new DomainError('not-found')
  return backTo(`/scoring/${cardId}`, () => changeCard(ctx, { cardId, digest: card.digest, terms: { ...card.terms, lines } }))
})
