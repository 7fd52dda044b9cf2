import * as z from 'zod'
import { editLead } from '~/domain/leads'
import { submit } from '~/http'
import { parseDateTime } from '~/lib/dates'
import { plainly } from './leads.plain'

const several = z.union([z.string().transform((value) => [value]), z.array(z.string())]).default([])
const Edit = z.object({ field: z.string(), value: z.string().default(''), values: several, was: z.string().default(''), version: z.coerce.number().int(), force: z.string().optional(), many: z.string().optional() })

/** One field of a lead, from a cell of the list or its page. A moment without a zone is one of the organisation; `many` says that there are several values. */
export const action = plainly(submit({ permission: 'leads:write', form: Edit }, ({ ctx, viewer, input, params }) => {
  const { value, values, force, many, ...said } = input
  const isLocal = said.field === 'next' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)
  const at = isLocal ? parseDateTime(value, { timeZone: viewer.org.timeZone }) : null
  const meant = at === null ? value : at.ok ? at.at.toISOString() : 'not a moment'
  const all = [...values, ...(value === '' ? [] : value.split(','))]
  return editLead(ctx, { ...said, field: said.field as 'owner', leadId: params['leadId'] as never, value: many === 'yes' ? all : meant === '' ? null : meant, force: force === 'yes' })
}))
