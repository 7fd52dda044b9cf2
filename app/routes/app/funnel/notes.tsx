import { useTranslation } from 'react-i18next'
import type { FunnelReport, StageTimes } from '~/domain/analytics'
import { dayDifference } from '~/lib/period'
import { Definitions } from '~/ui/primitives/definitions'
import { useFormat } from '~/ui/use-format'
import type { Asked } from './links'

const definitions = ['exposures', 'inquiries', 'leads', 'valid_leads', 'qualified', 'graded', 'won', 'lost', 'junk', 'rate', 'interval', 'days', 'ripening', 'thin'] as const
const gapDays = 60

/** What must be known to read the page right: gaps of the data first, then how each number is made. */
export function Notes({ asked, report, times, timeZone }: { asked: Asked; report: FunnelReport; times: StageTimes; timeZone: string }) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const { first_lead: firstLead, first_win: firstWin, median_cycle: cycle } = times
  const isTruncated = asked.view === 'cohort' && firstLead !== null && firstWin !== null && asked.from < firstWin && dayDifference(firstLead, firstWin) > gapDays
  const isYoung = asked.view === 'cohort' && cycle !== null && dayDifference(asked.from, report.as_of) < cycle
  const open = times.open.inquiry.leads + times.open.qualified.leads + times.open.graded.leads
  const notes = [
    isTruncated ? t('note.truncated', { lead: format.day(firstLead), win: format.day(firstWin) }) : null,
    isYoung ? t('note.young', { days: format.number(cycle, 0) }) : null,
    asked.view === 'cohort' && open > 0 ? t('note.open', { n: format.number(open), ripening: format.number(report.totals.ripening) }) : null,
    asked.asOf === null ? null : t('note.asOf', { day: format.day(asked.asOf) }),
    report.totals.imported > 0 ? t('note.imported', { count: report.totals.imported, n: format.number(report.totals.imported) }) : null,
    t(asked.view === 'cohort' ? 'note.cohort' : 'note.activity'),
    t('note.days', { zone: timeZone }),
  ].filter((note) => note !== null)
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex max-w-[90ch] flex-col gap-1 text-12 text-muted">
        {notes.map((note) => <li key={note}>{note}</li>)}
      </ul>
      <Definitions summary={t('definitions')} items={definitions.map((name) => ({ term: t(`define.${name}.term`), is: t(`define.${name}.is`) }))} />
    </div>
  )
}
