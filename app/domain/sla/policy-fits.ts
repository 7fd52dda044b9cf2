import { minorDigits } from '~/lib/money'
import type { Id } from '~/lib/ids'
import type { ChannelKind } from '../channels/vocabulary'
import type { Stage } from '../leads/vocabulary'
import type { Conditions } from './contract'

/** What a policy may ask of a lead. Amounts are minor units. */
export type LeadFacts = {
  channelId: Id<'ch'> | null; channelKind: ChannelKind | null; sourceId: Id<'src'>; productLineId: Id<'pl'>; stage: Stage; ofCustomer: boolean
  cell: number | null; amount: bigint | null; currency: string | null
}

/** Whether a lead is one the policy is for. */
export function policyFits(conditions: Conditions, lead: LeadFacts): boolean {
  const { channelKinds, channels, sources, productLines, stages, cells, ofCustomer } = conditions
  return (
    among(channelKinds, lead.channelKind) && among(channels, lead.channelId) && among(sources, lead.sourceId) && among(productLines, lead.productLineId) &&
    among(stages, lead.stage) && among(cells, lead.cell) && (ofCustomer === null || (ofCustomer === 'yes') === lead.ofCustomer) && reaches(conditions, lead)
  )
}

const among = <T>(wanted: readonly T[], value: T | null): boolean => wanted.length === 0 || (value !== null && wanted.includes(value))

function reaches({ amountFrom, currency }: Conditions, lead: LeadFacts): boolean {
  if (amountFrom === null) return true
  if (lead.amount === null || lead.currency === null || (currency !== null && currency !== lead.currency)) return false
  return Number(lead.amount) >= amountFrom * 10 ** minorDigits(lead.currency)
}
