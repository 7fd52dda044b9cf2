import * as z from 'zod'
import { mailDraft } from '~/domain/outreach'
import { page } from '~/http'
import { leadOf } from './leads.named'

const Asked = z.object({ person: z.string().optional(), template: z.string().optional() })

/** What a composer shows of one lead; with `?template=` and `?person=` the text for them. */
export const loader = page({ permission: 'leads:write', search: Asked }, ({ ctx, params, request, search: { person, template } }) =>
  mailDraft(ctx, { leadId: leadOf(params, request), personId: person as never, templateId: template as never }))
