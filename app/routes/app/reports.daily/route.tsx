import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { dailyReport, type DailyRow } from '~/domain/analytics'
import { DailySearch } from '~/domain/analytics/contract'
import { can, reading } from '~/domain/kernel'
import { reportLines } from '~/domain/notifications'
import { listTeams } from '~/domain/orgs'
import { page } from '~/http'
import { addDays, localDate } from '~/lib/period'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { useDailyColumns } from './columns'

export const handle: PageHandle = { title: 'dailyReport' }

export const loader = page({ permission: 'reports:read', search: DailySearch }, ({ ctx, search, viewer }) =>
  reading(ctx, async (at) => {
    const report = await dailyReport(at, { day: search.day ?? localDate(ctx.now, viewer.org.timeZone), teamId: search.team ?? null })
    return {
      report, teams: (await listTeams(at, {})).map(({ id, name }) => ({ id: id as string, name })), mayPlan: can(ctx.actor, 'targets:write'),
      sent: report.sent === null ? null : { at: report.sent.at, lines: await reportLines(at, report.sent.id, viewer.locale) },
    }
  }))

/** A day of a team: what came in, what was done, what is left. */
export default function DailyReportPage() {
  const { report, teams, mayPlan, sent } = useLoaderData<typeof loader>()
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { day, teamId, totals, rows, isToday } = report
  const href = (to: string) => `/reports/daily?${new URLSearchParams({ day: to, ...(teamId === null ? {} : { team: teamId }) })}`
  const columns = useDailyColumns(report)
  const values = { day: format.day(day, 'day'), count: totals.leads, contacts: format.number(totals.contacts), qualified: format.number(totals.qualified) }
  return (
    <>
      <PageHeader title={isToday ? t('daily.titleToday', values) : t('daily.title', values)}>
        {mayPlan && <LinkButton to="/settings/targets">{t('daily.plan')}</LinkButton>}
      </PageHeader>
      <PageBar>
        <Form key={day + (teamId ?? '')} method="get" className="flex flex-wrap items-center gap-2">
          <input type="date" name="day" defaultValue={day} required aria-label={t('daily.day')} className="input w-auto" />
          {teams.length > 0 && <select name="team" defaultValue={teamId ?? ''} aria-label={t('robots.team')} className="input w-auto"><option value="">{t('robots.everybody')}</option>{teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}
          <Button type="submit">{t('targets.show')}</Button>
        </Form>
        <LinkButton to={href(addDays(day, -1))}>{t('daily.before')}</LinkButton>
        {!isToday && <LinkButton to={href(addDays(day, 1))}>{t('daily.after')}</LinkButton>}
        <span className="ml-auto text-12 text-muted">{report.timeZone}</span>
      </PageBar>
      {rows.length === 0 ? <EmptyState kind="filtered" title={t('daily.empty')} action={<LinkButton to="/reports/daily">{t('daily.today')}</LinkButton>}>{t('daily.emptyHint')}</EmptyState> : (
        <DataTable label={t('daily.label')} rows={rows} columns={columns} rowId={(row: DailyRow) => row.id ?? 'none'} card={{ primary: 'name', secondary: 'did', end: 'came' }} empty={null} />
      )}
      <PageBody>
        {sent !== null && (
          <details className="chart-data max-w-[70ch]">
            <summary>{t('daily.sent', { at: format.date(sent.at, 'moment') })}</summary>
            <ul className="mt-2 flex flex-col gap-1 text-13">{sent.lines.map((line) => <li key={line}>{line}</li>)}</ul>
          </details>
        )}
        <details className="chart-data max-w-[90ch]">
          <summary>{t('daily.define')}</summary>
          <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">{[t('daily.d1'), t('daily.d2'), t('daily.d3'), t('daily.d4'), t('daily.d5')].map((line) => <li key={line}>{line}</li>)}</ul>
        </details>
      </PageBody>
    </>
  )
}
