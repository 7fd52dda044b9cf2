import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LearnedLesson } from '~/domain/scoring/contract'
import { SubmitButton } from '~/ui/forms/form'
import { PageSection } from '~/ui/layout/page-header'
import { LeftOutSentence } from '~/ui/scoring/missing-data'
import { useColumnWords } from '~/ui/scoring/use-column-words'
import { useCriterionWords } from '~/ui/scoring/use-criterion-words'
import { useFormat } from '~/ui/use-format'
import type { ReportData } from './route'

/** Of a learned card: from what, what leaked the outcome, what could not be learned from. */
export function LessonPart({ card: { lesson, isEdited }, names, mayChange }: Pick<ReportData, 'card' | 'names' | 'mayChange'>) {
  const { t } = useTranslation('scoring')
  const { fieldName } = useCriterionWords(names)
  const column = useColumnWords(fieldName)
  if (lesson?.state !== 'done') return null
  return (
    <PageSection title={t('lesson.title')}>
      <Learned lesson={lesson} />
      {isEdited && <p className="mt-2 text-13 text-warn">{t('lesson.edited')}</p>}
      <Leaks lesson={lesson} column={column} mayChange={mayChange} />
      <Unused unused={lesson.unused} column={column} />
      <Folds folds={lesson.folds} />
    </PageSection>
  )
}

function Learned({ lesson }: { lesson: LearnedLesson }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const days = ({ from, to }: { from: string; to: string }) => ({ from: format.date(from, 'day-year'), to: format.date(to, 'day-year') })
  return (
    <div className="max-w-[90ch] text-13 text-text-2">
      <p>{t('lesson.from', { count: lesson.leads, formatted: format.number(lesson.leads), positives: format.number(lesson.positives), outcome: t(`outcome.${lesson.outcome}`), days: lesson.horizonDays, rate: format.percent(lesson.rate), ...days(lesson.window) })}</p>
      <p>{t('lesson.heldBack', { n: format.number(lesson.heldBack.leads), positives: format.number(lesson.heldBack.positives), ...days(lesson.heldBack) })}</p>
      {lesson.sampledFrom !== null && <p>{t('report.sampled', { n: format.number(lesson.sampledFrom) })}</p>}
      <p>{t('lesson.as', { hours: lesson.hoursAfter })}</p>
      <LeftOutSentence leftOut={lesson.leftOut} />
    </div>
  )
}

type Named = { column: (name: string) => string }

/** What knew the outcome. Whoever knows better lets a field in and learns again: another draft, beside this one. */
function Leaks({ lesson, column, mayChange }: { lesson: LearnedLesson; mayChange: boolean } & Named) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const { leaks, outcome, horizonDays } = lesson
  if (leaks.length === 0) return <p className="mt-3 text-13 text-text-2">{t('lesson.noLeaks')}</p>
  return (
    <Form method="post" action="/scoring/learning">
      <input type="hidden" name="outcome" value={outcome} /><input type="hidden" name="horizonDays" value={horizonDays} />
      <h3 className="mt-4 text-13 font-medium">{t('lesson.leaks', { count: leaks.length })}</h3>
      <ul className="mt-1 border-t border-line text-13">
        {leaks.map((leak) => (
          <li key={leak.column} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2"><b className="font-medium">{column(leak.column)}</b>
            <span className="text-text-2">{t(`leak.${leak.reason}`, { auc: format.number(leak.auc, 2), rest: format.number(leak.rest, 2) })} {t(leak.isAllowed ? 'leak.allowed' : 'leak.refused')}</span>
            {mayChange && <label className="check ml-auto no-print"><input type="checkbox" name="allow" value={leak.column} defaultChecked={leak.isAllowed} className="native-check" /><span>{t('leak.allow')}</span></label>}
          </li>
        ))}
      </ul>
      {mayChange && <p className="mt-3 flex flex-wrap items-center gap-3 no-print"><SubmitButton variant="plain">{t('leak.again')}</SubmitButton><span className="text-12 text-muted">{t('leak.againHint')}</span></p>}
    </Form>
  )
}

function Unused({ unused, column }: Pick<LearnedLesson, 'unused'> & Named) {
  const { t } = useTranslation('scoring')
  if (unused.length === 0) return null
  const why = (reason: LearnedLesson['unused'][number]['reason']) => unused.filter((each) => each.reason === reason).map((each) => column(each.column))
  const parts = (['one-value', 'one-value-per-row', 'seldom'] as const).map((reason) => [reason, why(reason)] as const).filter(([, names]) => names.length > 0)
  return <><h3 className="mt-4 text-13 font-medium">{t('lesson.unused')}</h3><ul className="mt-1 text-13 text-text-2">{parts.map(([reason, names]) => <li key={reason}>{t(`unused.${reason}`)} {names.join(t('say.comma'))}{t('say.stop')}</li>)}</ul></>
}

function Folds({ folds }: Pick<LearnedLesson, 'folds'>) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  if (folds.length === 0) return null
  return (
    <details className="chart-data mt-3"><summary>{t('lesson.folds', { count: folds.length })}</summary>
      <table className="tbl"><thead><tr><th scope="col">{t('lesson.fold')}</th><th scope="col" className="num">{t('deciles.leads')}</th><th scope="col" className="num">{t('lesson.positives')}</th><th scope="col" className="num">{t('quality.auc')}</th><th scope="col" className="num">{t('quality.brier')}</th></tr></thead>
        <tbody>{folds.map((fold, at) => <tr key={at}><th scope="row">{at + 1}</th><td className="num">{format.number(fold.leads)}</td><td className="num">{format.number(fold.positives)}</td><td className="num">{format.number(fold.auc, 3)}</td><td className="num">{format.number(fold.brier, 3)}</td></tr>)}</tbody></table>
    </details>
  )
}
