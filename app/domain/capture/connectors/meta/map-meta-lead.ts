import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'

type Field = { name: string; values: string[] }

/** What the testing tool fills in. The vendor sends no flag; the pattern is what everybody goes by. */
const DUMMY = /^<test lead: dummy data for\b/i
const MOST_FIELDS = 100

/** Names of Meta's own questions. Everything else is a question of the form's author. */
const contact = {
  full_name: 'fullName', first_name: 'givenName', last_name: 'familyName', company_name: 'company', job_title: 'title', website: 'website',
  country: 'country', province: 'region', state: 'region', city: 'city',
} as const satisfies Record<string, keyof LeadDraft>
const emails = ['work_email', 'email']
const phones = ['phone_number', 'work_phone_number', 'phone']
const taken = new Set<string>([...Object.keys(contact), ...emails, ...phones])

/** On the wire and here; ids stay text, digit for digit. */
const EXTERNAL: Record<string, string> = {
  id: 'lead_id', form_id: 'form_id', campaign_id: 'campaign_id', adset_id: 'ad_group_id', adset_name: 'ad_group_name', ad_id: 'ad_id', ad_name: 'ad_name',
  page_id: 'page_id', platform: 'platform', is_organic: 'is_organic',
}

/** A lead as Meta answers it: `field_data` with missing, empty or several values. Ad fields are absent where it was organic. */
export function mapMetaLead(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  const id = textOf(own(body, 'id'), 40)
  if (id === null) return { issues: [{ path: 'id', code: 'required' }] }
  const fields = fieldsOf(own(body, 'field_data'))
  if (fields.some(({ values }) => values.some((value) => DUMMY.test(value)))) return { test: true }
  return { leads: [draftOf(id, body, fields)] }
}

function draftOf(externalId: string, body: JsonObject, fields: readonly Field[]): LeadDraft {
  const all = (name: string) => fields.filter((field) => field.name.toLowerCase() === name).flatMap(({ values }) => values)
  const said = Object.entries(contact).flatMap(([name, field]) => { const [first] = all(name); return first === undefined ? [] : [[field, first]] })
  return {
    ...emptyDraft,
    ...Object.fromEntries(said) as Partial<LeadDraft>,
    externalId,
    at: momentOf(own(body, 'created_time')),
    emails: emails.flatMap(all),
    phones: phones.flatMap(all),
    campaign: textOf(own(body, 'campaign_name'), 200),
    external: Object.fromEntries(Object.entries(EXTERNAL).flatMap(([name, ours]) => pair(ours, textOf(own(body, name), 200)))),
    answers: fields.filter(({ name, values }) => !taken.has(name.toLowerCase()) && values.length > 0).map(answerOf),
  }
}

function fieldsOf(value: JsonValue | undefined): Field[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, MOST_FIELDS).flatMap((item) => {
    const name = isObject(item) ? textOf(own(item, 'name'), 300) : null
    return !isObject(item) || name === null ? [] : [{ name, values: valuesOf(own(item, 'values')) }]
  })
}

function valuesOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value.slice(0, 50) : [value]).flatMap((each) => textOf(each, 4_000) ?? [])
}

const answerOf = ({ name, values }: Field): Answer => ({ question: name, answer: textOf(values, 4_000) ?? '' })
const pair = (name: string, value: string | null): [string, string][] => (value === null ? [] : [[name, value]])
