import { useTranslation } from 'react-i18next'
import type { CardFault, CardLine } from '~/domain/scoring/contract'

/** What is wrong with a card, in a sentence. Codes that are of no card are those of any form. */
export function useFaultWords() {
  const { t, i18n } = useTranslation('scoring')
  return (code: string, params: CardFault['params'] = {}): string => {
    const say = t as unknown as (key: string, values: object) => string
    return say(i18n.exists(`scoring:fault.${code}`) ? `fault.${code}` : 'fault.invalid', params)
  }
}

/** The faults of one line, by where it stands. */
export const faultsOfLine = (faults: readonly CardFault[], lines: readonly CardLine[], key: string): CardFault[] => {
  const at = lines.findIndex((line) => line.key === key)
  return faults.filter((fault) => fault.at === `lines.${String(at)}` || fault.at.startsWith(`lines.${String(at)}.`))
}

/** Faults of the card as a whole, and of a group's thresholds. */
export const faultsAt = (faults: readonly CardFault[], at: string): CardFault[] => faults.filter((fault) => fault.at === at || fault.at.startsWith(`${at}.`))
