import * as z from 'zod'
import { setPersonRole } from '~/domain/leads'
import { personRoles } from '~/domain/leads/vocabulary'
import { submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({ role: z.enum(personRoles) }) }, ({ ctx, input, params }) =>
  setPersonRole(ctx, { leadId: params['leadId'] as never, personId: params['personId'] as never, role: input.role }),
)
