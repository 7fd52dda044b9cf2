import type { ConnectorName } from '~/domain/capture/vocabulary'
import type { ChannelKind } from '~/domain/channels/vocabulary'
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
}

export type MemberStory = { name: string; role: Role; local: string; team?: string; signsIn: boolean }
export type PersonStory = { name: string; given: string; family: string; title: string; phone?: string; local: string }
export type CompanyStory = { name: string; slug: string; city: string; region: string; industry: string; employees: number; phone?: string }

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
  person: (chance: Chance, index: number) => PersonStory
  company: (chance: Chance, index: number) => CompanyStory
}
