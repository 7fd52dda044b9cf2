import { newId } from '~/lib/ids'
import { twoWayOutcomes, type Outcome } from '../../leads/vocabulary'
import { addressOf, foldText } from '../fold-text'
import type { LeadFacts } from '../lead-facts'
import { holds, never, next, nothing, type Adapter, type Cause } from './adapter'

type Contact = LeadFacts['contacts'][number]
type Touch = LeadFacts['touches'][number]
const DAY_MS = 86_400_000
const silent: ReadonlySet<Outcome> = new Set<Outcome>(['no_answer', 'busy', 'sent'])

export const isAnswered = ({ outcome, isTwoWay }: Contact): boolean => isTwoWay ?? twoWayOutcomes.has(outcome)
/** Machines read mails and open pages; only what a human did counts. */
const human = (facts: LeadFacts): Touch[] => facts.touches.filter(({ verdict }) => verdict === 'human')
const ofTouch = ({ id, at, kind }: Touch): Cause => ({ cause: `touch:${id}`, at, touchId: id, value: kind })
const isOn = (page: string | null, part: string | null): boolean => part === null || (page !== null && foldText(page).includes(addressOf(part).replace(/\/+$/, '')))

/** What they did, each occurrence by itself. */
export const touch: Adapter<'touch'> = {
  holds: (criterion, facts) => human(facts).filter(({ kind, page }) => kind === criterion.touch && isOn(page, criterion.page)).map(ofTouch),
  guess: ({ touch: kind, page }, facts, now) => next(facts, { touches: [...facts.touches, { id: newId('tch'), kind, verdict: 'human', at: now, page: page === null ? null : addressOf(page), minutes: null }] }),
}

export const webinar: Adapter<'webinar'> = {
  holds: ({ minutes }, facts) => human(facts).filter((each) => each.kind === 'webinar' && (each.minutes ?? 0) >= minutes).map((each) => ({ ...ofTouch(each), value: each.minutes ?? 0 })),
  guess: ({ minutes }, facts, now) => next(facts, { touches: [...facts.touches, { id: newId('tch'), kind: 'webinar', verdict: 'human', at: now, page: null, minutes }] }),
}

export const reply: Adapter<'reply'> = {
  holds: (_, facts) => facts.contacts.filter(isAnswered).map(({ id, at, outcome }) => ({ cause: `contact:${id}`, at, value: outcome })),
  guess: (_, facts, now) => next(facts, { contacts: [...facts.contacts, { id: newId('act'), at: now, outcome: 'replied' }] }),
}

export const askedAgain: Adapter<'asked-again'> = {
  holds: (_, facts) => inOrder(facts.inquiries).slice(1).map(({ id, at }) => ({ cause: `inquiry:${id}`, at })),
  guess: (_, facts, now) => next(facts, { inquiries: [...facts.inquiries, { id: newId('inq'), at: now }] }),
}

/** What they did last, as long as that is not too long ago. */
export const recency: Adapter<'recency'> = {
  holds: ({ days }, facts) => {
    const moments = [...human(facts), ...facts.contacts.filter(isAnswered), ...facts.inquiries].map(({ at }) => at.getTime())
    if (moments.length === 0) return nothing
    const last = Math.max(...moments)
    return [{ cause: 'is', at: new Date(last), endsAt: new Date(last + days * DAY_MS) }]
  },
  guess: (_, facts, now) => next(facts, { touches: [...facts.touches, { id: newId('tch'), kind: 'page_view', verdict: 'human', at: now, page: null, minutes: null }] }),
}

export const unsubscribed: Adapter<'unsubscribed'> = { holds: (_, facts) => (facts.isUnsubscribed ? holds(facts) : nothing), guess: never }

/** Held from the attempt on that was one too many, for as long as none is answered. */
export const silence: Adapter<'silence'> = {
  holds: ({ attempts }, facts) => {
    const contacts = inOrder(facts.contacts)
    const answered = contacts.findLastIndex((contact) => !silent.has(contact.outcome) || isAnswered(contact))
    const enough = contacts.slice(answered + 1)[attempts - 1]
    return enough === undefined ? nothing : [{ cause: 'is', at: enough.at, count: attempts }]
  },
  guess: never,
}

/** By moment, then id: the order in which they were told does not matter. */
export const inOrder = <T extends { id: string; at: Date }>(all: readonly T[]): T[] => [...all].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
