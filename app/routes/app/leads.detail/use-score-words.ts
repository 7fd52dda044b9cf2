import { useTranslation } from 'react-i18next'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'
import { scoreWords } from './score-words'

export type Score = NonNullable<LeadPageData['score']>

/** The words of a score in the language of the page. */
export function useScoreWords() {
  const { t } = useTranslation(['score', 'leads', 'channels'])
  return scoreWords(t, useFormat().locale)
}
