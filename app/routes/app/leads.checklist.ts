import * as z from 'zod'
import { setChecklist } from '~/domain/leads'
import { checklistAnswers } from '~/domain/leads/vocabulary'
import { submit } from '~/http'

const answer = z.enum(checklistAnswers).optional()

export const action = submit({ permission: 'leads:write', form: z.object({ need: answer, budget: answer, authority: answer, timing: answer }) }, ({ ctx, input, params }) =>
  setChecklist(ctx, { leadId: params['leadId'] as never, ...input }),
)
