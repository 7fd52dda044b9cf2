import type { Criterion, CriterionKind } from '../card-terms'
import type { LeadFacts } from '../lead-facts'
import type { Adapter, Cause, Guess } from './adapter'
import { askedAgain, recency, reply, silence, touch, unsubscribed, webinar } from './deeds'
import { answer, campaign, channel, channelKind, landingPage, productLine, source, weekday } from './origin'
import { country, customer, employees, field, freeMail, industry, reachable, role, unknown } from './who'

/** Every kind of criterion; a new one without its adapter is a type error. */
const adapters: { [K in CriterionKind]: Adapter<K> } = {
  employees, industry, country, role, 'free-mail': freeMail, reachable, customer, 'channel-kind': channelKind, channel, campaign, source, 'product-line': productLine,
  'landing-page': landingPage, weekday, field, answer, unknown, recency, unsubscribed, silence, touch, webinar, reply, 'asked-again': askedAgain,
}
const adapterOf = (kind: CriterionKind) => adapters[kind] as Adapter<CriterionKind>

/** Why a criterion holds of a lead, once for each cause; nothing where it does not. */
export const causesOf = (criterion: Criterion, facts: LeadFacts): Cause[] => adapterOf(criterion.kind).holds(criterion, facts)

/** What single fact would make a criterion hold that could still be learnt or happen. */
export const guessFor = (criterion: Criterion, facts: LeadFacts, now: Date): Guess | null => adapterOf(criterion.kind).guess(criterion, facts, now)
