import * as z from 'zod'
import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { isObject, only, readBody } from '../read-body'

const text = (most = 500) => z.unknown().transform((value) => textOf(value, most))

/** A lead as Google posts it. Unknown fields are ignored, as Google asks; `column_name` may be missing. */
const Lead = z.object({
  lead_id: text(300), form_id: text(40), campaign_id: text(40), adgroup_id: text(40), creative_id: text(40), asset_group_id: text(40),
  gcl_id: text(500), lead_source: text(60), lead_stage: text(60), lead_submit_time: z.unknown().transform(momentOf), is_test: z.unknown(),
  user_column_data: z.unknown().transform((value) => (Array.isArray(value) ? value.slice(0, 200).flatMap((each) => columnOf(each as JsonValue)) : [])),
})
type Column = { id: string; name: string | null; value: string }

const contact = {
  FULL_NAME: 'fullName', FIRST_NAME: 'givenName', LAST_NAME: 'familyName', COMPANY_NAME: 'company', JOB_TITLE: 'title',
  COUNTRY: 'country', REGION: 'region', CITY: 'city',
} as const
const emails = ['WORK_EMAIL', 'EMAIL']
const phones = ['PHONE_NUMBER_VERIFIED', 'PHONE_NUMBER', 'WORK_PHONE']
const taken = new Set<string>([...Object.keys(contact), ...emails, ...phones])
const IDS = ['form_id', 'campaign_id', 'adgroup_id', 'creative_id', 'asset_group_id'] as const

/** Maps by `column_id`; 64-bit ids stay text; only an explicit `true` is a test. */
export function mapGoogleAds(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const lead = Lead.parse(only(read.body, Object.keys(Lead.shape)))
  if (lead.is_test === true) return { test: true }
  if (lead.lead_id === null) return { issues: [{ path: 'lead_id', code: 'required' }] }
  const columns = lead.user_column_data
  const find = (id: string) => columns.find((column) => column.id === id)?.value ?? null
  const named = Object.fromEntries(Object.entries(contact).map(([id, field]) => [field, find(id)])) as Pick<LeadDraft, (typeof contact)[keyof typeof contact]>
  const ids = IDS.flatMap((name) => idPair(name === 'adgroup_id' ? 'ad_group_id' : name, lead[name]))
  return {
    leads: [{
      ...emptyDraft,
      ...named,
      externalId: lead.lead_id,
      at: lead.lead_submit_time,
      emails: emails.flatMap((id) => find(id) ?? []),
      phones: phones.flatMap((id) => find(id) ?? []),
      external: { lead_id: lead.lead_id, ...Object.fromEntries(ids) },
      clickIds: lead.gcl_id === null ? {} : { gclid: lead.gcl_id },
      answers: columns.filter((column) => !taken.has(column.id)).map(answerOf),
    }],
  }
}

function columnOf(item: JsonValue): Column[] {
  if (!isObject(item)) return []
  const id = textOf(item['column_id'], 120) ?? textOf(item['column_name'], 120)
  const value = textOf(item['string_value'], 4000)
  return id === null || value === null ? [] : [{ id, name: textOf(item['column_name'], 300), value }]
}

const answerOf = ({ id, name, value }: Column): Answer => ({ question: name ?? id, answer: value })

// 0 is how Google writes "none".
const idPair = (name: string, id: string | null): [string, string][] => (id === null || id === '0' ? [] : [[name, id]])
