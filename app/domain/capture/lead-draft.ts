import type { Id } from '~/lib/ids'

/** What a mapper could not read: where, and why. Codes, never the value itself. */
export type Issue = { path: string; code: string }

/** An answer to a question of the form, as it was asked and said. */
export type Answer = { question: string; answer: string }

/** A lead as a sender describes it, before anything is looked up. Everything may be missing. */
export type LeadDraft = {
  /** The sender's id of this submission, digit for digit. */
  externalId: string | null
  /** When it was submitted, if the sender says so. */
  at: Date | null
  fullName: string | null
  givenName: string | null
  familyName: string | null
  title: string | null
  emails: readonly string[]
  phones: readonly string[]
  wechat: string | null
  company: string | null
  /** A domain, host or address of the company's site. */
  website: string | null
  industry: string | null
  employees: number | null
  /** ISO 3166 code or a name, of the person and company. */
  country: string | null
  region: string | null
  city: string | null
  productLine: string | null
  channel: string | null
  campaign: string | null
  /** Ids on the sender's side: campaign_id, form_id, ad_id … as text. */
  external: Readonly<Record<string, string>>
  clickIds: Readonly<Record<string, string>>
  utm: Readonly<Record<string, string>>
  landingPage: string | null
  referrer: string | null
  message: string | null
  answers: readonly Answer[]
  /** Values of the organisation's own fields, by key, as the source's mapping says. */
  custom: Readonly<Record<string, string>>
  /** Whether it asks for something; null where the sender does not say. */
  isRequest: boolean | null
  /** Who takes it, before the source's own rule. */
  ownerId: Id<'mem'> | null
}

export const emptyDraft: LeadDraft = {
  externalId: null, at: null, fullName: null, givenName: null, familyName: null, title: null, emails: [], phones: [], wechat: null,
  company: null, website: null, industry: null, employees: null, country: null, region: null, city: null, productLine: null, channel: null,
  campaign: null, external: {}, clickIds: {}, utm: {}, landingPage: null, referrer: null, message: null, answers: [], custom: {}, isRequest: null, ownerId: null,
}
