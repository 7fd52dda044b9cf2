import { useTranslation } from 'react-i18next'
import type { MergeField } from '~/domain/merging/vocabulary'

const refused = ['not-found', 'not-allowed', 'already-merged', 'already-split', 'choice-missing'] as const
const levels = ['exact', 'close', 'near', 'moved', 'far', 'missing'] as const
const matched = ['name', 'company', 'phone', 'email', 'title', 'city', 'domain', 'address', 'wechat'] as const

/** Codes of merging in words. */
export function useMergeWords() {
  const { t } = useTranslation('merging')
  return {
    field: (field: MergeField) => t(`field.${field}`),
    refusal: (code: string | undefined) => {
      if (code === undefined) return null
      const known = refused.find((each) => each === code)
      return known === undefined ? t('refusal.failed') : t(`refusal.${known}`)
    },
    /** Why two may be one; the weight of a model in words. */
    line: ({ field, level, weight }: { field: string; level: string; weight: number | null }) => {
      const known = matched.find((each) => each === field)
      const name = known === undefined ? field : t(`match.${known}`)
      if (weight === null) return t('match.same', { field: name })
      const strength = weight >= 6 ? t('match.strong') : weight > 0 ? t('match.for') : t('match.against')
      return t('match.weighed', { field: name, level: t(`level.${levels.find((each) => each === level) ?? 'near'}`), strength })
    },
  }
}
