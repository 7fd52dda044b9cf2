import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { funnelByStage, timeBetweenStages } from '~/domain/analytics'
import { FunnelSearch } from '~/domain/analytics/contract'
import { reading } from '~/domain/kernel'
import { page } from '~/http'
import { localDate, parsePeriod, previousPeriod } from '~/lib/period'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { LinkButton } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import { Controls } from './controls'
import { exportHref, funnelHref, leadsHref, type Asked } from './links'
import { Notes } from './notes'
import { RowsTable } from './rows-table'
import { Thread } from './thread'

export const handle: PageHandle = { title: 'funnel' }

export const loader = page({ permission: 'reports:read', search: FunnelSearch }, async ({ ctx, search, viewer, request }) => {
  const { timeZone } = viewer.org
  const { period, preset } = parsePeriod(new URL(request.url).searchParams, { now: ctx.now, timeZone, fallback: 'last-90-days' })
  const question = { from: period.from, to: period.to, by: search.by, view: search.view, as_of: search.as_of }
  const isCompared = search.compare === 'previous' && preset !== 'all' && search.as_of === undefined
  const asked: Asked = { from: period.from, to: period.to, preset, by: search.by, view: search.view, asOf: search.as_of ?? null, compare: search.compare }
  const before = isCompared ? previousPeriod(period) : null
  return reading(ctx, async (at) => ({
    asked,
    timeZone,
    today: localDate(ctx.now, timeZone),
    report: await funnelByStage(at, question),
    times: await timeBetweenStages(at, question),
    previous: before === null ? null : { from: before.from, to: before.to, totals: (await funnelByStage(at, { ...question, from: before.from, to: before.to })).totals },
  }))
})

export default function FunnelPage() {
  const { asked, timeZone, today, report, times, previous } = useLoaderData<typeof loader>()
  const { t } = useTranslation('funnel')
  const { totals } = report
  const isEmpty = report.rows.length === 0
  return (
    <>
      <PageHeader title={useSentence()}>
        {!isEmpty && <LinkButton to={exportHref(asked)} reloadDocument>{t('export')}</LinkButton>}
        {totals.won > 0 && <LinkButton variant="next" to={leadsHref(asked, 'won')}>{t('openWon', { count: totals.won })}</LinkButton>}
      </PageHeader>
      <Controls asked={asked} timeZone={timeZone} today={today} previous={previous} />
      {isEmpty ? (
        <EmptyState kind={asked.preset === 'all' ? 'empty' : 'filtered'} title={t(asked.preset === 'all' ? 'empty.title' : 'empty.filtered')}
          action={<LinkButton to={asked.preset === 'all' ? '/imports' : funnelHref(asked, { preset: 'all', asOf: null })}>{t(asked.preset === 'all' ? 'empty.import' : 'empty.all')}</LinkButton>}>
          {t(asked.preset === 'all' ? 'empty.hint' : 'empty.filteredHint')}
        </EmptyState>
      ) : (
        <>
          <PageBody><Thread asked={asked} report={report} times={times} previous={previous?.totals ?? null} /></PageBody>
          <RowsTable asked={asked} report={report} />
          <PageBody><Notes asked={asked} report={report} times={times} timeZone={timeZone} /></PageBody>
        </>
      )}
    </>
  )
}

/** What is true now, in one line. */
function useSentence(): string {
  const { asked, report: { totals }, } = useLoaderData<typeof loader>()
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const n = (value: number) => format.number(value)
  if (totals.leads === 0 && totals.won === 0) return t('sentence.empty')
  if (asked.view === 'activity') return t('sentence.activity', { count: totals.leads, won: n(totals.won), leads: n(totals.leads), period: format.dayRange(asked.from, asked.to) })
  return t(totals.ripening > 0 ? 'sentence.ripening' : 'sentence.cohort', { count: totals.valid_leads, won: n(totals.won), valid: n(totals.valid_leads), ripening: n(totals.ripening) })
}
