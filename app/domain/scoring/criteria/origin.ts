import { foldText, pageOf, pathOf } from '../fold-text'
import type { LeadFacts } from '../lead-facts'
import { holds, known, never, nothing, type Adapter } from './adapter'

/** Where a lead came from. None of it can become known later but the campaign. */
export const channelKind: Adapter<'channel-kind'> = { holds: ({ values }, facts) => among(facts, values, facts.channelKind), guess: never }
export const channel: Adapter<'channel'> = { holds: ({ values }, facts) => among(facts, values, facts.channelId), guess: never }
export const source: Adapter<'source'> = { holds: ({ values }, facts) => among(facts, values, facts.sourceId), guess: never }
export const productLine: Adapter<'product-line'> = { holds: ({ values }, facts) => among(facts, values, facts.productLineId), guess: never }
export const weekday: Adapter<'weekday'> = { holds: ({ values }, facts) => among(facts, values, facts.weekday), guess: never }
export const campaign: Adapter<'campaign'> = {
  holds: ({ values }, facts) => among(facts, values, facts.campaignId),
  guess: ({ values: [first = null] }, facts) => (facts.campaignId === null ? known(facts, { campaignId: first }) : null),
}

/** Whole pages; one that begins with a slash is a page of any host. */
export const landingPage: Adapter<'landing-page'> = {
  holds: ({ values }, facts) => {
    const page = pageOf(facts.landingPage)
    if (page === null) return nothing
    const held = values.find((value) => (value.trim().startsWith('/') ? pathOf(page) : page) === pageOf(value))
    return held === undefined ? nothing : holds(facts, held)
  },
  guess: never,
}

export const answer: Adapter<'answer'> = {
  holds: ({ question, contains }, facts) => {
    const wanted = foldText(question)
    const part = contains === null ? '' : foldText(contains)
    const isSaid = facts.answers.some((each) => foldText(each.question) === wanted && each.answer.trim() !== '' && foldText(each.answer).includes(part))
    return isSaid ? holds(facts) : nothing
  },
  guess: ({ question, contains }, facts) => {
    const isAnswered = facts.answers.some((each) => foldText(each.question) === foldText(question) && each.answer.trim() !== '')
    return isAnswered ? null : known(facts, { answers: [...facts.answers, { question, answer: contains ?? 'yes' }] })
  },
}

const among = <T extends string | number>(facts: LeadFacts, values: readonly T[], value: T | null) => (value !== null && values.includes(value) ? holds(facts, value) : nothing)
