import * as z from 'zod'
import { editDraft, withRuleMoved } from '~/domain/assignment'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'assignment:write', form: z.object({ by: z.enum(['-1', '1']) }) }, ({ ctx, input, params }) =>
  backTo('/assignment', () => editDraft(ctx, (rules) => withRuleMoved(rules, params['ruleKey'] ?? '', input.by === '1' ? 1 : -1))))
