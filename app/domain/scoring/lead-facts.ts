import type { Id } from '~/lib/ids'
import type { ChannelKind } from '../channels/vocabulary'
import type { Outcome, PersonRole, TouchKind, TouchVerdict } from '../leads/vocabulary'
import type { reachWays } from './vocabulary'

/** What a card may ask of a lead. `freeMail` is null without any address; `weekday` is that of the first inquiry, 0 Sunday. */
export type LeadFacts = {
  leadId: Id<'lead'>; cameInAt: Date; productLineId: Id<'pl'>; sourceId: Id<'src'>; channelId: Id<'ch'> | null; channelKind: ChannelKind | null; campaignId: Id<'cmp'> | null
  employees: number | null; industry: string | null; country: string | null; roles: readonly PersonRole[]; freeMail: boolean | null
  reach: ReadonlySet<(typeof reachWays)[number]>; isCustomer: boolean; isUnsubscribed: boolean; landingPage: string | null; weekday: number
  fields: ReadonlyMap<Id<'cf'>, { texts: readonly string[]; number: number | null }>
  answers: readonly { question: string; answer: string }[]
  touches: readonly { id: Id<'tch'>; kind: TouchKind; verdict: TouchVerdict; at: Date; page: string | null; minutes: number | null }[]
  /** `isTwoWay`: what the disposition said when it was logged; else what the outcome says */
  contacts: readonly { id: Id<'act'>; at: Date; outcome: Outcome; isTwoWay?: boolean | null }[]
  inquiries: readonly { id: Id<'inq'>; at: Date }[]
  /** somebody of this lead does not want to be profiled: nothing is scored */
  hasObjection: boolean
}
