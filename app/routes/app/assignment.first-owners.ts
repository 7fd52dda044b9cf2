import * as z from 'zod'
import { editDraft } from '~/domain/assignment'
import { backTo, submit } from '~/http'

const tick = z.string().optional().transform((value) => value !== undefined)

export const action = submit({ permission: 'assignment:write', form: z.object({ keepsCompanyOwner: tick, keepsCustomerOwner: tick }) }, ({ ctx, input }) =>
  backTo('/assignment', () => editDraft(ctx, (rules) => ({ ...rules, ...input }))))
