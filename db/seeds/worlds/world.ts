import type { ConnectorName, LeadRule } from '~/domain/capture/vocabulary'
import type { ChannelKind } from '~/domain/channels/vocabulary'
import type { FieldKind, Stage } from '~/domain/leads/vocabulary'
import type { Role } from '~/domain/orgs/vocabulary'
import type { Chance } from './random'

/** How leads of a channel behave: shares of the stage before, and how many there are. */
export type ChannelStory = {
  name: string
  kind: ChannelKind
  weight: number
  junk: number
  qualified: number
  graded: number
  won: number
  campaigns: readonly string[]
  /** Impressions and clicks of a day; nothing where exposure is not counted. */
  daily?: readonly [number, number]
  connector: ConnectorName
  /** Days before the end of the world on which an event brought its leads. */
  bursts?: readonly number[]
  clickId?: string
  /** What its source was told beside its secret. */
  settings?: Readonly<Record<string, string | boolean>>
  leadRule?: LeadRule
  /** Hours before the end of the world since which nothing came: the source broke. */
  silentFor?: number
}

/** `away`: first and last day of leave, in days after the end of the world. */
export type MemberStory = { name: string; role: Role; local: string; team?: string; signsIn: boolean; languages?: readonly string[]; openCap?: number; away?: readonly [number, number] }
export type PersonStory = { name: string; given: string; family: string; title: string; phone?: string; local: string }
export type CompanyStory = { name: string; slug: string; city: string; region: string; industry: string; employees: number; phone?: string; country?: string }

/** A company that always belongs to one rep; its lead is the so-manieth from the last. */
export type AccountStory = { fromLast: number; owner: string; company: CompanyStory }
/** Who gets what comes in, with people, teams and channels by their names. */
export type RuleStory = {
  key: string; name: string; matchesLanguage?: boolean
  when: { channelKinds?: ChannelKind[]; channels?: readonly string[]; regions?: string[]; countries?: string[] }
  to: { team: string; weights?: Readonly<Record<string, number>> } | { members: Readonly<Record<string, number>> } | { pool: true }
}
/** A field of leads beside what Clew knows; `tell` says what a lead has there, null for nothing. */
export type FieldStory = {
  key: string; kind: FieldKind; en: string; zh: string; choices?: readonly { key: string; en: string; zh: string }[]
  value: (chance: Chance, today: string) => string | null
}
/** Something somebody wrote down to do; `due` in hours after the end of the world, on a lead of this stage where one is named. */
export type TaskStory = { who: string; kind: 'call' | 'mail' | 'meeting' | 'other'; title: string; due: number; stage?: 'qualified' | 'graded' }

/** A promise of when somebody answers, in working minutes. */
export type PolicyStory = { name: string; channelKinds?: ChannelKind[]; stages?: Stage[]; firstMinutes: number; nextMinutes?: number; atBreach: 'notify' | 'escalate' }
/** A list somebody keeps, as it stands in an address. */
export type ViewStory = { who: string; name: string; scope: 'personal' | 'organisation'; search: string; isPinned?: boolean }
/** A form of the organisation's own and who filled it in, hours before the end; `trap` is what a program left behind. */
export type FormStory = {
  name: string; channel: string; title: string; intro: string; consent: string; interest: { label: string; options: readonly string[] }
  submissions: readonly { back: number; name: string; company: string; email: string; mobile?: string; message: string; trap?: string }[]
}

/** A told organisation: everything the story needs, nothing that depends on when it is told. */
export type World = {
  key: string
  seed: number
  name: string
  locale: 'zh-CN' | 'en'
  timeZone: string
  currency: string
  country: string
  mailDomain: string
  leads: number
  days: number
  teams: readonly string[]
  members: readonly MemberStory[]
  products: readonly { name: string; price: number }[]
  channels: readonly ChannelStory[]
  messages: readonly string[]
  notes: readonly string[]
  policies: readonly PolicyStory[]
  views: readonly ViewStory[]
  form: FormStory
  /** What the manager noted on many leads at once. */
  bulkNote: string
  /** The rule that is being thought about, in a draft beside the published rules. */
  drafted: RuleStory
  tasks: readonly TaskStory[]
  fields: readonly FieldStory[]
  rules: readonly RuleStory[]
  accounts: readonly AccountStory[]
  /** Days without work from the world's first year to the year after its last, by the law of its country. */
  holidays: (year: number) => readonly { day: string; name: string }[]
  /** Who hands a lead in twice, written differently: pairs to look at. */
  alias: (person: PersonStory, chance: Chance) => PersonStory
  person: (chance: Chance, index: number) => PersonStory
  company: (chance: Chance, index: number) => CompanyStory
}
