import * as z from 'zod'
import { archiveField } from '~/domain/leads'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'settings:write', form: z.object({ archived: z.enum(['yes', 'no']) }) }, ({ ctx, input, params }) =>
  backTo('/settings/fields', () => archiveField(ctx, { fieldId: params['fieldId'] as never, archived: input.archived === 'yes' })))
