import * as z from 'zod'
import { publishDraft } from '~/domain/assignment'
import { idOf } from '~/domain/kernel/contract'
import { backTo, submit } from '~/http'

/** The draft comes into force: only where the box says so. */
export const action = submit({ permission: 'assignment:write', form: z.object({ draftId: idOf('ars'), sure: z.literal('on') }) }, ({ ctx, input: { draftId } }) =>
  backTo('/assignment', () => publishDraft(ctx, { draftId })))
