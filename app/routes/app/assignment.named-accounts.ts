import * as z from 'zod'
import { editDraft, withNamed } from '~/domain/assignment'
import { idOf, requiredLine } from '~/domain/kernel/contract'
import { backTo, submit } from '~/http'

/** An account and whose it is; without a member it leaves the list. */
export const action = submit({ permission: 'assignment:write', form: z.object({ account: requiredLine(200), memberId: idOf('mem').optional() }) }, ({ ctx, input }) =>
  backTo('/assignment', () => editDraft(ctx, (rules) => withNamed(rules, input.account, input.memberId ?? null))))
