import type { LeadFacts } from '../lead-facts'
import { foldText } from '../fold-text'
import { holds, known, never, nothing, type Adapter, type CriterionOf } from './adapter'

/** The company: how many work there, in what, where, and whether it buys already. */
export const employees: Adapter<'employees'> = {
  holds: ({ from, to }, facts) => (facts.employees !== null && facts.employees >= (from ?? 0) && facts.employees <= (to ?? Number.POSITIVE_INFINITY) ? holds(facts, facts.employees) : nothing),
  guess: ({ from, to }, facts) => (facts.employees === null ? known(facts, { employees: from ?? to ?? 0 }) : null),
}

export const industry: Adapter<'industry'> = {
  holds: ({ values }, facts) => oneOf(facts, values, facts.industry === null ? [] : [facts.industry]),
  guess: ({ values: [first = ''] }, facts) => (facts.industry === null ? known(facts, { industry: first }) : null),
}

export const country: Adapter<'country'> = {
  holds: ({ values }, facts) => oneOf(facts, values, facts.country === null ? [] : [facts.country]),
  guess: ({ values: [first = ''] }, facts) => (facts.country === null ? known(facts, { country: first }) : null),
}

export const customer: Adapter<'customer'> = { holds: (_, facts) => (facts.isCustomer ? holds(facts) : nothing), guess: never }

/** The people: what they decide and how they are reached. */
export const role: Adapter<'role'> = {
  holds: ({ values }, facts) => {
    const held = values.find((value) => facts.roles.includes(value))
    return held === undefined ? nothing : holds(facts, held)
  },
  guess: ({ values: [first] }, facts) => (first === undefined || facts.roles.includes(first) ? null : known(facts, { roles: [...facts.roles, first] })),
}

export const freeMail: Adapter<'free-mail'> = { holds: (_, facts) => (facts.freeMail === true ? holds(facts) : nothing), guess: never }

export const reachable: Adapter<'reachable'> = {
  holds: ({ by }, facts) => (facts.reach.has(by) ? holds(facts, by) : nothing),
  guess: ({ by }, facts) => (facts.reach.has(by) ? null : known(facts, { reach: new Set([...facts.reach, by]) })),
}

/** A field that is put away is not among the facts: nothing holds of it, not even that it is unknown. */
export const field: Adapter<'field'> = {
  holds: (criterion, facts) => {
    const value = facts.fields.get(criterion.fieldId)
    if (value === undefined) return nothing
    const isKnown = value.texts.length > 0 || value.number !== null
    switch (criterion.test) {
      case 'known': return isKnown ? holds(facts) : nothing
      case 'unknown': return isKnown ? nothing : holds(facts)
      case 'one-of': return oneOf(facts, criterion.values, value.texts)
      case 'at-least': return value.number !== null && criterion.number !== null && value.number >= criterion.number ? holds(facts, criterion.number) : nothing
      case 'at-most': return value.number !== null && criterion.number !== null && value.number <= criterion.number ? holds(facts, criterion.number) : nothing
    }
  },
  guess: (criterion, facts) => {
    const value = facts.fields.get(criterion.fieldId)
    if (value === undefined || value.texts.length > 0 || value.number !== null || criterion.test === 'unknown') return null
    return known(facts, { fields: new Map([...facts.fields, [criterion.fieldId, valueFor(criterion)]]) })
  },
}

const valueFor = ({ values, number }: CriterionOf<'field'>) => ({ texts: [values[0] ?? String(number ?? 'known')], number })

export const unknown: Adapter<'unknown'> = {
  holds: ({ of }, facts) => (isUnknown(facts, of) ? holds(facts, of) : nothing),
  guess: never,
}

function isUnknown(facts: LeadFacts, of: CriterionOf<'unknown'>['of']): boolean {
  switch (of) {
    case 'employees': return facts.employees === null
    case 'industry': return facts.industry === null
    case 'country': return facts.country === null
    case 'role': return facts.roles.every((each) => each === 'contact')
    case 'campaign': return facts.campaignId === null
    case 'landing-page': return facts.landingPage === null
  }
}

// The value that is told is the card's own spelling, never what somebody wrote.
function oneOf(facts: LeadFacts, values: readonly string[], said: readonly string[]) {
  const folded = new Set(said.map(foldText))
  const held = values.find((value) => folded.has(foldText(value)))
  return held === undefined ? nothing : holds(facts, held)
}
