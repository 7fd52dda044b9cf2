import * as z from 'zod'
import { discardDraft } from '~/domain/assignment'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'assignment:write', form: z.object({}) }, ({ ctx }) => backTo('/assignment', () => discardDraft(ctx, {})))
