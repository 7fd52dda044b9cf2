import * as z from 'zod'
import { idOf, moment, paragraph, requiredLine } from '../kernel/contract'
import { LeadFilter, SetLeadField } from '../leads/contract'
import { junkReasons, verdicts } from '../leads/vocabulary'
import { filterSearch, viewScopes, viewSearch } from './vocabulary'

const viewId = idOf('view')

/** An address as an object: a name that stands twice becomes a list. */
const asObject = (text: string): Record<string, string | string[]> => {
  const params = new URLSearchParams(text)
  return Object.fromEntries([...new Set(params.keys())].map((name) => { const all = params.getAll(name); return [name, all.length === 1 ? (all[0] ?? '') : all] }))
}
/** The filter that stands in an address. Throws ZodError where it is none. */
export const filterOf = (search: string): z.output<typeof LeadFilter> => LeadFilter.parse(asObject(search))

const search = z.string().max(6_000).transform((text, context) => {
  if (LeadFilter.safeParse(asObject(text)).success) return text
  context.addIssue({ code: 'custom', message: 'not-a-filter' })
  return z.NEVER
})
const kept = search.transform((text) => viewSearch(new URLSearchParams(text)))

export const SaveView = z.object({ name: requiredLine(60), scope: z.enum(viewScopes).default('personal'), search: kept })
export const ChangeView = z.object({ viewId, search: kept })
export const RenameView = z.object({ viewId, name: requiredLine(60), scope: z.enum(viewScopes).optional() })
export const OneView = z.object({ viewId })
export const PinView = z.object({ viewId, pinned: z.boolean() })
export const SetDefaultView = z.object({ viewId: viewId.nullable() })

const BulkDeed = z.discriminatedUnion('action', [
  z.object({ action: z.literal('assign'), to: idOf('mem') }),
  z.object({ action: z.literal('return') }),
  z.object({ action: z.literal('snooze'), until: moment.nullable() }),
  z.object({ action: z.literal('verdict'), verdict: z.enum(verdicts), reason: z.enum(junkReasons).optional() }),
  z.object({ action: z.literal('note'), note: paragraph(4000).pipe(z.string().min(1, 'required')) }),
  z.object({ action: z.literal('field'), fieldId: SetLeadField.shape.fieldId, value: SetLeadField.shape.value }),
])
export type BulkDeed = z.output<typeof BulkDeed>

const picked = z.array(z.object({ leadId: idOf('lead'), version: z.coerce.number().int().positive() })).max(500)
/** Leads picked by hand with the versions that were seen, or all that matched an address when it was looked at. */
export const BulkTarget = z.union([z.object({ picked: picked.min(1) }), z.object({ search: search.transform((text) => filterSearch(new URLSearchParams(text))), asOf: moment })])
export type BulkTarget = z.output<typeof BulkTarget>
export const PreviewBulk = z.object({ deed: BulkDeed, target: BulkTarget })
export const StartBulk = PreviewBulk
export const OneBulk = z.object({ bulkId: idOf('blk') })
