import * as z from 'zod'
import { previewCard } from '~/domain/scoring'
import { CardTerms } from '~/domain/scoring/contract'
import { jsonText, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** What unsaved terms would mean for the leads of now. A form, because a card does not fit an address; it changes nothing. */
export const action = submit({ permission: 'settings:read', form: z.object({ terms: jsonText(CardTerms) }) }, ({ ctx, input: { terms }, params }) =>
  previewCard(ctx, { cardId: params['cardId'] as Id<'scd'>, terms }))
