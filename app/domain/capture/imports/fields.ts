import { foldHeader } from './fold-header'
import type { ImportKind } from '../vocabulary'
import { vendorNames, vendors, type VendorName } from './vendors'

export { foldHeader } from './fold-header'

const outcomeFields = ['qualified_at', 'graded_at', 'grade', 'won_at', 'lost_at', 'lost_reason', 'amount', 'currency', 'owner'] as const
const clickIdFields = ['gclid', 'wbraid', 'gbraid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid', 'bd_vid', 'qhclickid', 'gdt_vid', 'click_id'] as const
const utmFields = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id'] as const

/** The fields a file may fill, by kind of import. Anything else is `custom.<name>` of leads. */
export const importFields = {
  leads: [
    'external_id', 'clew_id', 'created_at', 'channel', 'campaign', 'source', 'landing_page', 'referrer', ...utmFields, ...clickIdFields,
    'first_name', 'last_name', 'full_name', 'email', 'phone', 'mobile', 'title', 'company', 'domain', 'website', 'industry', 'employees',
    'country', 'region', 'city', 'note', 'stage', ...outcomeFields,
  ],
  outcomes: ['external_id', ...outcomeFields],
} as const satisfies Record<ImportKind, readonly string[]>
export type LeadField = (typeof importFields)['leads'][number]
export type OutcomeField = (typeof importFields)['outcomes'][number]
export type ImportField = LeadField

export const momentFields: ReadonlySet<string> = new Set(['created_at', 'qualified_at', 'graded_at', 'won_at', 'lost_at'])


/** The field other systems mean by this header and the system that says so, or undefined. The file's own system is asked first. */
export function fieldOfHeader(header: string, vendor: VendorName | null = null): { field: ImportField; vendor: VendorName | null } | undefined {
  const folded = foldHeader(header)
  for (const name of vendor === null ? vendorNames : [vendor, ...vendorNames]) {
    const field = byHeader[name].get(folded)
    if (field !== undefined) return { field, vendor: name === 'common' ? null : vendor === name ? name : null }
  }
  const bare = folded.replace(/^(?:properties|attribution|custom)/u, '')
  return bare === folded ? undefined : fieldOfHeader(bare, vendor)
}

const byHeader = Object.fromEntries(vendorNames.map((name) => {
  const fields = new Map<string, ImportField>()
  if (name === 'common') for (const field of importFields.leads) fields.set(foldHeader(field), field)
  for (const [field, headers] of Object.entries(vendors[name].headers) as [ImportField, readonly string[]][]) {
    for (const header of headers) if (!fields.has(foldHeader(header))) fields.set(foldHeader(header), field)
  }
  return [name, fields]
})) as unknown as Record<VendorName, ReadonlyMap<string, ImportField>>

/** Columns that speak of consent or refusal: never read from a file. */
export const isConsentHeader = (header: string): boolean =>
  /consent|opt-?_? ?(?:in|out)|unsubscrib|gdpr|do ?not ?(?:call|contact)|marketing ?(?:status|contact)|同意|退订|授权/iu.test(header)
