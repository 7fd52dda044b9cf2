import * as z from 'zod'
import { moveStage, setChecklist } from '~/domain/leads'
import { checklistAnswers } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { plainly } from './leads.plain'

const answer = z.enum(checklistAnswers).optional()
const Qualification = z.object({ need: answer, budget: answer, authority: answer, timing: answer, reason: z.string().optional() })

/** The checklist and the move it allows. What was answered stays, also where the move is refused. */

export const action = plainly(submit({ permission: 'leads:write', form: Qualification }, async ({ ctx, input, params }) => {
  const leadId = params['leadId'] as never
  const { reason, ...answers } = input
  await setChecklist(ctx, { leadId, ...answers })
  return moveStage(ctx, { leadId, to: 'qualified', reason })
}))
