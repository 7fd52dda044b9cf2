import { addPersonToLead } from '~/domain/leads'
import { AddPersonToLead } from '~/domain/leads/contract'
import { submit } from '~/http'

/** Hangs a known person on the lead. */
export const action = submit({ permission: 'leads:write', form: AddPersonToLead.omit({ leadId: true }) }, ({ ctx, input, params }) =>
  addPersonToLead(ctx, { ...input, leadId: params['leadId'] as never }),
)
