import { Form, Link, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { speedToLead, type SpeedRow } from '~/domain/analytics'
import { SpeedSearch } from '~/domain/analytics/contract'
import { speedDimensions, type SpeedDimension } from '~/domain/analytics/vocabulary'
import { page } from '~/http'
import { parsePeriod } from '~/lib/period'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { DataTable } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { useSpeedColumns } from './columns'

export const handle: PageHandle = { title: 'speed' }

export const loader = page({ permission: 'reports:read', search: SpeedSearch }, async ({ ctx, search, viewer, request }) => {
  const { period } = parsePeriod(new URL(request.url).searchParams, { now: ctx.now, timeZone: viewer.org.timeZone, fallback: 'last-28-days' })
  return { report: await speedToLead(ctx, { from: period.from, to: period.to, by: search.by }) }
})

export default function SpeedToLeadPage() {
  const { report } = useLoaderData<typeof loader>()
  const { t } = useTranslation('sla')
  const format = useFormat()
  const { totals, from, to, by } = report
  const span = (minutes: number | null) => format.duration(minutes === null ? null : minutes * 60)
  const href = (next: SpeedDimension) => `/speed-to-lead?${new URLSearchParams({ from, to, by: next })}`
  const columns = useSpeedColumns(report)
  return (
    <>
      <PageHeader title={totals.answered === 0 ? t('speed.none') : t('speed.title', { count: totals.answered, p50: span(totals.working.p50), p90: span(totals.working.p90) })} />
      <PageBar>
        <Form key={from + to} method="get" className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="by" value={by} />
          <input type="date" name="from" defaultValue={from} required aria-label={t('speed.from')} className="input w-auto" />
          <input type="date" name="to" defaultValue={to} required aria-label={t('speed.to')} className="input w-auto" />
          <Button type="submit">{t('speed.show')}</Button>
        </Form>
        <SegmentedLinks label={t('speed.by')} items={speedDimensions.map((next) => ({ href: href(next), label: t(`speed.${next}`), current: next === by }))} />
        <span className="ml-auto text-12 text-muted">{t('speed.zone', { zone: report.time_zone })}</span>
      </PageBar>
      {report.rows.length === 0 ? (
        <EmptyState kind="filtered" title={t('speed.emptyTitle')} action={<LinkButton to={`/speed-to-lead?period=last-90-days&by=${by}`}>{t('speed.all')}</LinkButton>}>{t('speed.emptyHint')}</EmptyState>
      ) : (
        <DataTable label={t(`speed.${by}`)} rows={report.rows} columns={columns} rowId={(row: SpeedRow) => row.key ?? 'none'} rowTone={(row: SpeedRow) => (row.judged ? undefined : 'thin')} card={{ primary: 'name', secondary: 'answered', end: 'p50working' }} empty={null} />
      )}
      <PageBody>
        <details className="chart-data max-w-[90ch]">
          <summary>{t('speed.define')}</summary>
          <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
            {([t('speed.d1'), t('speed.d2'), t('speed.d3'), t('speed.d4'), t('speed.d5')]).map((line) => <li key={line}>{line}</li>)}
          </ul>
          <p className="mt-2"><Link className="lnk" to="/settings/hours">{t('hours.week')}</Link></p>
        </details>
      </PageBody>
    </>
  )
}
