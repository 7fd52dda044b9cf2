import { useTranslation } from 'react-i18next'
import { movingReasons, type OwnershipWay } from '~/domain/leads/vocabulary'

const KNOWN = ['taken', 'at-cap', 'pool-day-cap', 'pool-held-cap', 'cooling-down', 'not-found', 'not-allowed', 'lead-closed', 'member-inactive', 'stale', 'name-taken', 'conflict', 'invalid', 'choice-missing', 'reason-missing'] as const

export type Refused = { code: string; params: Record<string, string | number> }

/** What ownership, pools and assignment say: ways, reasons, names of pools and refusals. */
export function useOwnershipWords() {
  const { t } = useTranslation('pool')
  return {
    pool: (pool: { name: string | null }) => pool.name ?? t('defaultName'),
    way: (way: OwnershipWay) => t(`way.${way}`),
    reason: (reason: string | null) => {
      const known = movingReasons.find((each) => each === reason)
      return known === undefined ? (reason ?? '') : t(`reason.${known}`)
    },
    refusal: ({ code, params }: Refused, when: (text: string) => string = (text) => text) => {
      const known = KNOWN.find((each) => each === code) ?? 'invalid'
      return t(`refusal.${known}`, { by: String(params['by'] ?? ''), cap: String(params['cap'] ?? ''), until: when(String(params['until'] ?? '')) })
    },
  }
}
