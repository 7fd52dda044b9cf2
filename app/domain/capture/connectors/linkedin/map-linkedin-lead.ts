import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { questionsOf, type Question } from './form-questions'
import { idOfUrn } from './urn'

type Said = { field: string | null; question: string; answer: string }

/** LinkedIn's prepared questions. Everything else is the form's author's own. */
const contact = {
  FIRST_NAME: 'givenName', LAST_NAME: 'familyName', JOB_TITLE: 'title', COMPANY_NAME: 'company', INDUSTRY: 'industry', COUNTRY: 'country', STATE: 'region', CITY: 'city',
} as const satisfies Record<string, keyof LeadDraft>
const emails = ['WORK_EMAIL', 'EMAIL']
const phones = ['PHONE_NUMBER', 'WORK_PHONE_NUMBER', 'WORK_PHONE']
const taken = new Set<string>([...Object.keys(contact), ...emails, ...phones])
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** A response as it was fetched, `{"lead":…,"form":…}`, or a response by itself. `testLead` is the vendor's own flag. */
export function mapLinkedinLead(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const inner = own(read.body, 'lead')
  const lead = isObject(inner) ? inner : read.body
  const externalId = idOfUrn(textOf(own(lead, 'id'), 300))
  if (externalId === null) return { issues: [{ path: 'id', code: 'required' }] }
  if (own(lead, 'testLead') === true) return { test: true }
  return { leads: [draftOf(externalId, lead, isObject(inner) ? own(read.body, 'form') : undefined)] }
}

function draftOf(externalId: string, lead: JsonObject, form: JsonValue | undefined): LeadDraft {
  const { questions, consents } = questionsOf(form)
  const response = own(lead, 'formResponse')
  const said = listed(response, 'answers').flatMap((item) => saidIn(item, questions))
  const all = (field: string) => said.flatMap((each) => (each.field === field ? [each.answer] : []))
  const named = Object.entries(contact).flatMap(([name, field]) => { const [first] = all(name); return first === undefined ? [] : [[field, first]] })
  // Without the form nobody says which answer is the address; what can be nothing else is taken for it.
  const guessed = questions.size === 0 ? said.filter(({ answer }) => ADDRESS.test(answer)) : []
  const agreed = listed(response, 'consentResponses').flatMap((item) => consentIn(item, consents))
  return {
    ...emptyDraft,
    ...Object.fromEntries(named) as Partial<LeadDraft>,
    externalId,
    at: momentOf(own(lead, 'submittedAt')),
    emails: [...emails.flatMap(all), ...guessed.map(({ answer }) => answer)],
    phones: phones.flatMap(all),
    external: { lead_id: externalId, ...externalOf(lead) },
    answers: [...said.filter((each) => !(each.field !== null && taken.has(each.field)) && !guessed.includes(each)).map(({ question, answer }) => ({ question, answer })), ...agreed],
  }
}

function saidIn(item: JsonObject, questions: ReadonlyMap<string, Question>): Said[] {
  const id = textOf(own(item, 'questionId'), 40)
  const asked = id === null ? undefined : questions.get(id)
  const answer = answerIn(own(item, 'answerDetails'), asked)
  return id === null || answer === null ? [] : [{ field: asked?.field ?? null, question: asked?.text ?? `question ${id}`, answer }]
}

function answerIn(details: JsonValue | undefined, asked: Question | undefined): string | null {
  if (!isObject(details)) return null
  const [text, choice] = [own(details, 'textQuestionAnswer'), own(details, 'multipleChoiceAnswer')]
  if (isObject(text)) return textOf(own(text, 'answer'), 4_000)
  const options = isObject(choice) ? own(choice, 'options') : undefined
  if (!Array.isArray(options)) return null
  return textOf(options.flatMap((option) => { const id = textOf(option, 300); return id === null ? [] : [asked?.options.get(id) ?? id] }), 4_000)
}

function consentIn(item: JsonObject, texts: ReadonlyMap<string, string>): Answer[] {
  const id = textOf(own(item, 'consentId'), 40)
  const accepted = own(item, 'accepted')
  return id === null || typeof accepted !== 'boolean' ? [] : [{ question: texts.get(id) ?? `consent ${id}`, answer: accepted ? 'accepted' : 'not accepted' }]
}

function externalOf(lead: JsonObject): Record<string, string> {
  const [owner, entity, metadata] = [own(lead, 'owner'), own(lead, 'associatedEntity'), own(lead, 'leadMetadata')]
  const sponsored = isObject(metadata) ? own(metadata, 'sponsoredLeadMetadata') : undefined
  const idIn = (value: JsonValue | undefined, name: string) => (isObject(value) ? idOfUrn(textOf(own(value, name), 300)) : null)
  const ids = {
    form_id: idIn(lead, 'versionedLeadGenFormUrn'), campaign_id: idIn(sponsored, 'campaign'), creative_id: idIn(entity, 'associatedCreative'),
    account_id: idIn(owner, 'sponsoredAccount'), organisation_id: idIn(owner, 'organization'), event_id: idIn(entity, 'event'), lead_type: textOf(own(lead, 'leadType'), 40),
  }
  return Object.fromEntries(Object.entries(ids).filter((pair): pair is [string, string] => pair[1] !== null))
}

function listed(value: JsonValue | undefined, name: string): JsonObject[] {
  const list = isObject(value) ? own(value, name) : undefined
  return Array.isArray(list) ? list.slice(0, 100).filter(isObject) : []
}
