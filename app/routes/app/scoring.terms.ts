import * as z from 'zod'
import { changeCard } from '~/domain/scoring'
import { CardTerms } from '~/domain/scoring/contract'
import { jsonText, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A whole draft as the page has it. `digest` says what it was made of: a colleague's changes are not written over. */
export const action = submit({ permission: 'scoring:write', form: z.object({ terms: jsonText(CardTerms), note: z.string().max(500).optional(), digest: z.string() }) }, ({ ctx, input: { terms, note = '', digest }, params }) =>
  changeCard(ctx, { cardId: params['cardId'] as Id<'scd'>, digest, terms, note: note.trim() === '' ? null : note.trim() }))
