import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grade } from '~/domain/leads/vocabulary'
import { useFormat } from '../use-format'

type Points = { code: string; points: number }
export type SuggestionView =
  | { grade: Grade; points: number; chance: number; because: readonly Points[]; from: Record<'A' | 'B' | 'C', number> }
  | { grade: null; because: 'objection' }

/** The reasons that weigh most stand in the sentence; all of them in the list below it. */
const SAID = 4

/** What Clew would grade a lead as, and why. The grade stays the rep's. */
export function SuggestionSentence({ suggestion, given = null }: { suggestion: SuggestionView; given?: Grade | null }) {
  const { t } = useTranslation('grades')
  const format = useFormat()
  if (suggestion.grade === null) return <p className="text-12 text-muted">{t('objection')}</p>
  const { grade, points, chance, because, from } = suggestion
  const word = (code: string) => t(`reason.${code as 'fit_1'}`)
  const weighty = because.filter((line) => line.points !== 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, SAID)
  const reasons = weighty.length === 0 ? t('nothing') : weighty.map((line) => t('weighed', { reason: word(line.code), points: format.signed(line.points) })).join(t('comma'))
  return (
    <div className="text-12 text-muted">
      <p>{t(given === grade ? 'same' : 'would', { grade, reasons })}</p>
      <details className="mt-1">
        <summary className="cursor-pointer">{t('how', { points: format.number(points) })}</summary>
        <ul className="mt-1 grid max-w-[30rem] grid-cols-[1fr_auto] gap-x-4 tn">
          {because.map((line) => <li key={line.code} className="contents"><span>{word(line.code)}</span><span className="text-right">{format.signed(line.points)}</span></li>)}
        </ul>
        <p className="mt-1">{t('rule', { a: format.number(from.A), b: format.number(from.B), c: format.number(from.C), chance: format.percent(chance, 0) })}</p>
      </details>
    </div>
  )
}

/** The same, asked for when a dialog opens: a dialog waits for nothing, so it appears a moment later. */
export function GradeSuggestion({ leadId, given }: { leadId: string; given: Grade | null }) {
  const { load, data } = useFetcher<SuggestionView | null>()
  useEffect(() => { load(`/leads/${leadId}/grade-suggestion`) }, [load, leadId])
  return <div role="status" className="min-h-5">{data === undefined || data === null ? null : <SuggestionSentence suggestion={data} given={given} />}</div>
}
