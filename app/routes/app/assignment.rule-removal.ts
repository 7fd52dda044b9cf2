import * as z from 'zod'
import { editDraft, withoutRule } from '~/domain/assignment'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'assignment:write', form: z.object({}) }, ({ ctx, params }) =>
  backTo('/assignment', () => editDraft(ctx, (rules) => withoutRule(rules, params['ruleKey'] ?? ''))))
