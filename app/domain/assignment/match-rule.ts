import type { AssignmentRule, RuleConditions } from './contract'
import type { MissReason } from './vocabulary'

/** What a rule can ask about a lead. Texts are folded (`foldFact`); null is not known, and no condition on it holds. */
export type ArrivalFacts = {
  channelKind: string | null; channelId: string | null; sourceId: string; campaignId: string | null; productLineId: string
  country: string | null; region: string | null; city: string | null; language: string | null; industry: string | null; employees: number | null
  ofCustomer: boolean; company: string | null; domain: string | null
}

export const foldFact = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

type Check = [MissReason, (when: RuleConditions, facts: ArrivalFacts) => boolean]
const isIn = (list: readonly string[] | undefined, value: string | null): boolean => list === undefined || list.length === 0 || (value !== null && list.some((each) => foldFact(each) === foldFact(value)))

const checks: readonly Check[] = [
  ['channel-kind', ({ channelKinds }, { channelKind }) => isIn(channelKinds, channelKind)],
  ['channel', ({ channels }, { channelId }) => isIn(channels, channelId)],
  ['source', ({ sources }, { sourceId }) => isIn(sources, sourceId)],
  ['campaign', ({ campaigns }, { campaignId }) => isIn(campaigns, campaignId)],
  ['product-line', ({ productLines }, { productLineId }) => isIn(productLines, productLineId)],
  ['country', ({ countries }, { country }) => isIn(countries, country)],
  ['region', ({ regions }, { region }) => isIn(regions, region)],
  ['city', ({ cities }, { city }) => isIn(cities, city)],
  ['language', ({ languages }, { language }) => isIn(languages, language)],
  ['industry', ({ industries }, { industry }) => isIn(industries, industry)],
  ['size', ({ employeesFrom: from, employeesTo: to }, { employees }) => (from === undefined && to === undefined) || (employees !== null && employees >= (from ?? 0) && employees <= (to ?? Infinity))],
  ['customer', ({ ofCustomer: wanted }, { ofCustomer }) => wanted === undefined || wanted === ofCustomer],
  ['account', ({ accounts }, facts) => accounts === undefined || accounts.length === 0 || accounts.some((account) => isAccount(account, facts))],
]

/** The first condition of a rule that does not hold for a lead; null where all do. */
export function missOf({ isOn, when }: Pick<AssignmentRule, 'isOn' | 'when'>, facts: ArrivalFacts): MissReason | null {
  if (!isOn) return 'off'
  return checks.find(([, holds]) => !holds(when, facts))?.[0] ?? null
}

/** Whether an account, by name or by domain, is the lead's company. */
export function isAccount(account: string, { company, domain }: Pick<ArrivalFacts, 'company' | 'domain'>): boolean {
  const wanted = foldFact(account).replace(/^(?:https?:\/\/)?(?:www\.)?/u, '').replace(/\/.*$/u, '')
  return wanted !== '' && [company, domain].some((name) => name !== null && foldFact(name) === wanted)
}
