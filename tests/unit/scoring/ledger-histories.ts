import type { CardLine, CardTerms, Criterion } from '~/domain/scoring/card-terms'
import type { LeadFacts } from '~/domain/scoring/lead-facts'
import { outcomes, personRoles, touchKinds } from '~/domain/leads/vocabulary'
import { newId } from '~/lib/ids'

export type Random = () => number
const DAY_MS = 86_400_000
export const START = Date.UTC(2024, 0, 1)
const int = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1))
const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
const maybe = <T>(random: Random, chance: number, value: () => T): T | null => (random() < chance ? value() : null)
const pages = ['clew.example/pricing', 'clew.example/blog/scoring', 'shop.example/', '/pricing'] as const
const industries = ['Machinery', 'Software', 'ＡＵＴＯＭＯＴＩＶＥ'] as const
/** Ids that cards and facts have in common. */
export const shared = { field: newId('cf'), archived: newId('cf'), channel: newId('ch'), campaign: newId('cmp'), source: newId('src'), line: newId('pl') }

/** A criterion of any kind. */
export function aCriterion(random: Random): Criterion {
  const kinds: (() => Criterion)[] = [
    () => ({ kind: 'employees', from: maybe(random, 0.8, () => int(random, 0, 300)), to: maybe(random, 0.4, () => int(random, 200, 900)) }),
    () => ({ kind: 'industry', values: [pick(random, ['machinery', 'SOFTWARE', 'automotive'])] }),
    () => ({ kind: 'country', values: [pick(random, ['CN', 'DE'])] }),
    () => ({ kind: 'role', values: [pick(random, personRoles)] }),
    () => ({ kind: 'free-mail' }), () => ({ kind: 'customer' }), () => ({ kind: 'unsubscribed' }), () => ({ kind: 'reply' }), () => ({ kind: 'asked-again' }),
    () => ({ kind: 'reachable', by: pick(random, ['phone', 'email', 'wechat'] as const) }),
    () => ({ kind: 'channel-kind', values: [pick(random, ['paid', 'event'] as const)] }),
    () => ({ kind: 'channel', values: [shared.channel] }), () => ({ kind: 'campaign', values: [shared.campaign] }), () => ({ kind: 'source', values: [shared.source] }), () => ({ kind: 'product-line', values: [shared.line] }),
    () => ({ kind: 'landing-page', values: [pick(random, pages)] }),
    () => ({ kind: 'weekday', values: [int(random, 0, 6), int(random, 0, 6)] }),
    () => ({ kind: 'field', fieldId: pick(random, [shared.field, shared.archived]), test: pick(random, ['known', 'unknown', 'one-of', 'at-least', 'at-most'] as const), values: ['blue'], number: int(random, 0, 20) }),
    () => ({ kind: 'answer', question: 'Budget?', contains: maybe(random, 0.5, () => 'yes') }),
    () => ({ kind: 'unknown', of: pick(random, ['employees', 'industry', 'country', 'role', 'campaign', 'landing-page'] as const) }),
    () => ({ kind: 'recency', days: int(random, 1, 90) }), () => ({ kind: 'silence', attempts: int(random, 1, 4) }),
    () => ({ kind: 'touch', touch: pick(random, ['page_view', 'webinar', 'form'] as const), page: maybe(random, 0.4, () => pick(random, ['pricing', '/blog'])) }),
    () => ({ kind: 'touch', touch: 'page_view', page: null }), () => ({ kind: 'webinar', minutes: int(random, 1, 60) }),
  ]
  return pick(random, kinds)()
}

/** A card of up to `most` lines, some of which need others. */
export function aCard(random: Random, most = 12): CardTerms {
  const lines: CardLine[] = Array.from({ length: int(random, 0, most) }, (_, n) => ({
    key: `line-${n}`, group: pick(random, ['fit', 'interest'] as const), criterion: aCriterion(random), points: int(random, -30, 40),
    most: maybe(random, 0.4, () => int(random, 1, 4)), everyDays: maybe(random, 0.3, () => int(random, 1, 20)), halfLifeDays: maybe(random, 0.5, () => int(random, 1, 120)), expiresDays: maybe(random, 0.4, () => int(random, 1, 200)),
    onlyWith: n > 0 && random() < 0.2 ? `line-${int(random, 0, n - 1)}` : null,
  }))
  const thresholds = (): [number, number, number] => { const low = int(random, -10, 15); return [low + int(random, 10, 40), low + int(random, 2, 9), low] }
  return { base: int(random, -20, 30), lines, thresholds: { fit: thresholds(), interest: thresholds() }, calibration: maybe(random, 0.3, () => ({ slope: random() / 10, offset: -random() })) }
}

/** A lead and what happened to it within 200 days; moments to the second, several of them the same. */
export function aHistory(random: Random): LeadFacts {
  const moment = () => new Date(START + int(random, 0, 200) * DAY_MS + pick(random, [0, 0, 3_600_000, 47_001_000]))
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: int(random, 0, most) }, make)
  return {
    leadId: newId('lead'), cameInAt: moment(), productLineId: pick(random, [shared.line, newId('pl')]), sourceId: pick(random, [shared.source, newId('src')]),
    channelId: pick(random, [shared.channel, null]), channelKind: pick(random, ['paid', 'event', null] as const), campaignId: pick(random, [shared.campaign, null]),
    employees: maybe(random, 0.6, () => int(random, 1, 900)), industry: maybe(random, 0.6, () => pick(random, industries)), country: maybe(random, 0.7, () => pick(random, ['CN', 'DE', 'US'])),
    roles: [...new Set(many(2, () => pick(random, personRoles)))], freeMail: pick(random, [true, false, null]), reach: new Set(many(2, () => pick(random, ['phone', 'email', 'wechat'] as const))),
    isCustomer: random() < 0.2, isUnsubscribed: random() < 0.1, landingPage: maybe(random, 0.6, () => pick(random, pages)), weekday: int(random, 0, 6),
    fields: new Map([[shared.field, pick(random, [{ texts: [], number: null }, { texts: ['Blue'], number: null }, { texts: ['12'], number: 12 }])]]),
    answers: many(1, () => ({ question: ' budget？'.replace('？', '?'), answer: pick(random, ['Yes, 10k', 'no', '']) })),
    touches: many(12, () => ({ id: newId('tch'), kind: random() < 0.7 ? 'page_view' : pick(random, touchKinds), verdict: pick(random, ['human', 'human', 'machine', 'unsure'] as const), at: moment(), page: maybe(random, 0.6, () => pick(random, pages)), minutes: maybe(random, 0.3, () => int(random, 0, 90)) })),
    contacts: many(5, () => ({ id: newId('act'), at: moment(), outcome: pick(random, outcomes), isTwoWay: pick(random, [null, null, true, false]) })),
    inquiries: many(3, () => ({ id: newId('inq'), at: moment() })), hasObjection: random() < 0.03,
  }
}

/** The same facts told in another order. */
export function shuffled(random: Random, facts: LeadFacts): LeadFacts {
  const mixed = <T>(all: readonly T[]): T[] => all.map((value) => ({ value, key: random() })).sort((a, b) => a.key - b.key).map(({ value }) => value)
  return { ...facts, roles: mixed(facts.roles), answers: mixed(facts.answers), touches: mixed(facts.touches), contacts: mixed(facts.contacts), inquiries: mixed(facts.inquiries), fields: new Map(mixed([...facts.fields])) }
}

/** A moment somewhere in and after the history. */
export const aMoment = (random: Random): Date => new Date(START + int(random, -5, 420) * DAY_MS + pick(random, [0, 1, 86_399_999, int(random, 0, DAY_MS - 1)]))
