import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { junkReasons, lostReasons, movingReasons, returnReasons, correctionReasons } from '~/domain/leads/vocabulary'
import { useLocale } from '../use-format'
import type { LeadView, OutcomeChoiceView } from './types'

const isOneOf = <T extends string>(list: readonly T[], value: string | null): value is T => list.some((known) => known === value)

// A person known by a number alone has an empty name.
const firstNamed = (...names: (string | undefined)[]) => names.find((name) => name !== undefined && name.trim() !== '')

/** Codes of a lead in words; a code that is not ours is shown as it stands. */
export function useLeadWords() {
  const { t } = useTranslation('leads')
  const locale = useLocale()
  return useMemo(() => ({
    /** as the organisation calls it, in the reader's language where it has a name there */
    outcome: ({ outcome, labels }: Pick<OutcomeChoiceView, 'labels'> & { outcome: OutcomeChoiceView['outcome'] | null }) => labels?.[locale] ?? labels?.en ?? labels?.['zh-CN'] ?? (outcome === null ? '' : t(`outcome.${outcome}`)),
    name: (lead: Pick<LeadView, 'person' | 'company'>) => firstNamed(lead.person?.name, lead.company?.name) ?? t('list.noName'),
    junk: (reason: string | null) => (isOneOf(junkReasons, reason) ? t(`junk.${reason}`) : (reason ?? t('junk.other'))),
    lost: (reason: string | null) => (isOneOf(lostReasons, reason) ? t(`lost.${reason}`) : (reason ?? t('lost.other'))),
    reason: (reason: string | null): string | null => {
      if (reason === null) return null
      if (isOneOf(returnReasons, reason)) return t(`return.${reason}`)
      if (isOneOf(lostReasons, reason)) return t(`lost.${reason}`)
      if (isOneOf(correctionReasons, reason)) return t(`correction.${reason}`)
      return isOneOf(movingReasons, reason) ? t(`ownerReason.${reason}`) : reason
    },
  }), [t, locale])
}
