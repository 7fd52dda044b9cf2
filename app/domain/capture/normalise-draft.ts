import { companyKey } from '~/lib/company-name'
import { normalizeEmail } from '~/lib/email'
import { companyDomain } from '~/lib/email-domain'
import { isPhoneCountry, normalizePhone, type Phone } from '~/lib/phone'
import type { IdentityKind } from '../people/vocabulary'
import { cleanText } from './clean-text'
import type { Answer, LeadDraft } from './lead-draft'

/** One way to find a person again; `shown` is how it was meant. Phones come first: they are a person's first key. */
export type Identity = { kind: IdentityKind; value: string; shown: string }
export type OfficePhone = { value: string; shown: string }
export type CompanyHint = { name: string | null; key: string | null; domain: string | null }

/** What a draft says, in the forms that are stored and compared. */
export type Contact = {
  name: string
  identities: Identity[]
  officePhones: OfficePhone[]
  company: CompanyHint | null
  country: string | null
  /** Contact details that could not be read as such, kept so that nobody has to ask again. */
  leftovers: Answer[]
}

/** Reads names, numbers and addresses of a draft. `defaultCountry` (ISO 3166) is where numbers without a code belong. */
export function normaliseDraft(draft: LeadDraft, defaultCountry: string): Contact {
  const country = countryOf(draft.country)
  const phones = draft.phones.map((raw) => ({ raw, phone: normalizePhone(raw, country ?? defaultCountry) }))
  const emails = draft.emails.map((raw) => ({ raw, email: normalizeEmail(raw) }))
  const company = companyOf(draft, emails.flatMap(({ email }) => email?.domain ?? []))
  const numbers = phones.flatMap(({ phone }) => phone ?? [])
  const office = numbers.filter(isOffice).map((phone) => ({ value: phone.e164, shown: shownPhone(phone) }))
  const identities: Identity[] = [
    ...numbers.filter((phone) => !isOffice(phone)).map((phone) => ({ kind: 'phone' as const, value: phone.e164, shown: phone.display })),
    ...emails.flatMap(({ email }) => (email === null ? [] : [{ kind: 'email' as const, value: email.key, shown: email.address }])),
    ...(draft.wechat === null ? [] : [{ kind: 'wechat' as const, value: draft.wechat.toLowerCase(), shown: draft.wechat }]),
  ]
  return {
    name: nameOf(draft), identities: distinct(identities), officePhones: company === null ? [] : distinct(office), company, country,
    leftovers: [
      ...phones.filter(({ phone }) => phone === null).map(({ raw }) => ({ question: 'phone', answer: raw })),
      ...(company === null ? office.map(({ shown }) => ({ question: 'phone', answer: shown })) : []),
      ...emails.filter(({ email }) => email === null).map(({ raw }) => ({ question: 'email', answer: raw })),
    ],
  }
}

const isOffice = ({ kind }: Phone) => kind === 'landline' || kind === 'service'
const shownPhone = ({ display, extension }: Phone) => (extension === undefined || display.includes(extension) ? display : `${display} ext. ${extension}`)

function nameOf({ fullName, givenName, familyName }: LeadDraft): string {
  if (fullName !== null) return fullName
  const isHan = /^\p{Script=Han}+$/u.test(`${familyName ?? ''}${givenName ?? ''}`)
  return isHan ? `${familyName ?? ''}${givenName ?? ''}` : [givenName, familyName].filter((part) => part !== null).join(' ')
}

// A site that was given says more than the domain of an address; free-mail domains say nothing of a company.
function companyOf(draft: LeadDraft, mailDomains: string[]): CompanyHint | null {
  const hosts = [...(draft.website === null ? [] : [hostOf(draft.website)]), ...mailDomains]
  const domain = hosts.map((host) => companyDomain(host)).find((each) => each !== null) ?? null
  const key = draft.company === null ? null : cleanText(companyKey(draft.company), 200)
  return domain === null && key === null ? null : { name: key === null ? null : draft.company, key, domain }
}

function hostOf(website: string): string {
  try {
    return new URL(website.includes('://') ? website : `https://${website}`).hostname
  } catch {
    return website
  }
}

function countryOf(country: string | null): string | null {
  const code = country?.toUpperCase() ?? ''
  return isPhoneCountry(code) ? code : null
}

function distinct<T extends { value: string; kind?: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [`${item.kind ?? ''} ${item.value}`, item])).values()]
}
