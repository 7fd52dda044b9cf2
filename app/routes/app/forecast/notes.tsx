import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Definitions } from '~/ui/primitives/definitions'
import { useFormat } from '~/ui/use-format'
import { withoutAmountHref } from './links'
import type { ForecastData } from './route'

/** What must be known to read the numbers right. */
export function Notes({ data: { asked, report } }: { data: ForecastData }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const stages = (['inquiry', 'qualified', 'graded'] as const).filter((stage) => report.without_amount[stage] > 0)
  const count = stages.reduce((sum, stage) => sum + report.without_amount[stage], 0)
  const overdue = report.currencies.reduce((sum, { totals }) => sum + totals.overdue, 0)
  const placed = report.currencies.reduce((sum, { totals }) => sum + totals.placed, 0)
  return (
    <ul className="mb-5 flex max-w-[90ch] flex-col gap-1 text-13 text-muted">
      {count > 0 && (
        <li>
          {t('note.without', { count, n: format.number(count) })}{' '}
          {stages.map((stage, index) => (
            <Fragment key={stage}>{index > 0 && t('comma')}<Link className="lnk" to={withoutAmountHref(asked, stage)}>{t(`without.${stage}`, { n: format.number(report.without_amount[stage]) })}</Link></Fragment>
          ))}
        </li>
      )}
      {overdue > 0 && <li>{t('note.overdue', { count: overdue, n: format.number(overdue) })}</li>}
      {placed > 0 && <li>{t('note.placed', { count: placed, n: format.number(placed) })}</li>}
      {report.currencies.length > 1 && <li>{t('note.currencies')}</li>}
    </ul>
  )
}

const terms = ['won', 'weighted', 'band', 'month', 'rate', 'back', 'kappa', 'suggestion'] as const

export function ForecastDefinitions() {
  const { t } = useTranslation('forecast')
  return <Definitions summary={t('definitions')} items={terms.map((name) => ({ term: t(`define.${name}.term`), is: t(`define.${name}.is`) }))} />
}
