import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { SubmitButton } from '~/ui/forms/form'
import { PageSection } from '~/ui/layout/page-header'
import { useFormat } from '~/ui/use-format'
import type { ReportData } from './route'

/** What publishing will do, said before it is done; or why it cannot be done yet. */
export function Publish({ data: { card, inForce } }: { data: ReportData }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const { report, version } = card
  const refusal = card.faults.length > 0 ? 'card-faulty' : card.test === 'none' ? 'card-not-tested' : card.test === 'running' ? 'running' : card.test === 'outdated' ? 'outdated' : null
  const moved = report?.moves == null ? null : report.open.leads - report.moves.same
  return (
    <div id="publish" className="no-print scroll-mt-6 border-t border-line pt-5">
      <PageSection title={t('publish.title', { version })}>
        {refusal !== null || report === null ? <p className="max-w-[80ch] text-13 text-text-2">{t(`publish.not.${refusal ?? 'card-not-tested'}`)}</p> : (
          <Form method="post" action={`/scoring/${card.cardId}/publication`} className="flex max-w-[80ch] flex-col gap-3">
            <ul className="flex list-disc flex-col gap-1 pl-5 text-13 text-text-2">
              <li>{t('publish.rescored', { count: report.open.sampledFrom ?? report.open.leads, formatted: format.number(report.open.sampledFrom ?? report.open.leads) })}</li>
              {moved !== null && <li>{t('publish.moved', { count: moved, formatted: format.number(moved), better: format.number(report.moves?.better), worse: format.number(report.moves?.worse) })}</li>}
              <li>{t('publish.follows')}</li>
              <li>{inForce === null ? t('publish.firstOne') : t('publish.retires', { version: inForce.version })}</li>
              {report.quality === null && <li className="text-warn">{t('publish.unjudged')}</li>}
              {report.quality !== null && report.published !== null && report.quality.auc < report.published.auc - 0.005 && <li className="text-warn">{t('publish.lesser', { now: format.number(report.published.auc, 3), then: format.number(report.quality.auc, 3) })}</li>}
            </ul>
            <label className="check"><input type="checkbox" name="sure" required className="native-check" /><span>{t('publish.sure', { version })}</span></label>
            <div><SubmitButton>{t('publish.do')}</SubmitButton></div>
          </Form>
        )}
      </PageSection>
    </div>
  )
}
