import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { forecastLeads, forecastWins, type ForecastLead, type ForecastLeadsAnswer, type ForecastWin, type ForecastWinsAnswer } from '~/domain/analytics'
import { ForecastLeadsSearch } from '~/domain/analytics/contract'
import { page } from '~/http'
import { useLeadWords } from '~/ui/leads/lead-words'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { forecastHref, type Asked } from './forecast/links'
import { useMonthName } from './forecast/months-part'

export const handle: PageHandle = { title: 'forecastLeads' }

export const loader = page({ permission: 'reports:read', search: ForecastLeadsSearch }, async ({ ctx, search }) => {
  const { overdue, won, month, ...asked } = search
  if (won === '1') return { asked: search, open: null, won: await forecastWins(ctx, { ...asked, month: month === 'later' ? undefined : month }) }
  return { asked: search, open: await forecastLeads(ctx, { ...asked, month, overdue: overdue === '1' }), won: null }
})

type Search = ReturnType<typeof useLoaderData<typeof loader>>['asked']

/** The leads behind a number of the forecast; what they add is the number. */
export default function ForecastLeadsPage() {
  const { asked, open, won } = useLoaderData<typeof loader>()
  return won === null ? <OpenLeads asked={asked} answer={open} /> : <WonLeads asked={asked} answer={won} />
}

function OpenLeads({ asked, answer: { leads, count, sums, currency } }: { asked: Search; answer: ForecastLeadsAnswer }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const monthName = useMonthName()
  const money = (minor: bigint) => format.money(minor, currency, { currencyAs: 'none' })
  const monthOf = (row: ForecastLead) => {
    const note = row.overdue ? (row.said === null ? t('leads.overdueTime') : t('leads.overdue', { month: monthName(row.said) })) : row.said === null ? t('leads.placed') : null
    return <>{monthName(row.month)}{note !== null && <span className="tbl-second">{note}</span>}</>
  }
  const columns: Column<ForecastLead>[] = [
    ...useLeadColumns(),
    { id: 'step', header: t('rates.step'), cell: ({ step }) => t(`step.${step}`) },
    { id: 'month', header: t('leads.month'), cell: monthOf },
    { id: 'amount', header: t('leads.amount'), unit: currency, numeric: true, cell: ({ amount }) => money(amount), footer: sums === null ? '—' : money(sums.full) },
    { id: 'chance', header: t('rates.chance'), numeric: true, cell: ({ chance }) => format.percent(chance, 1) },
    { id: 'weighted', header: t('leads.adds'), unit: currency, numeric: true, cell: ({ weighted }) => <b>{money(weighted)}</b>, footer: sums === null ? '—' : <b>{money(sums.weighted)}</b> },
  ]
  const said = [asked.month === undefined ? null : monthName(asked.month), asked.step === undefined ? null : t(`step.${asked.step}`), asked.overdue === '1' ? t('leads.overdueOnly') : null].filter((part) => part !== null).join(t('comma'))
  const title = sums === null ? t('leads.none') : t('leads.title', { count, n: format.number(count), sum: format.money(sums.weighted, currency), what: said === '' ? t('leads.allMonths') : said })
  return (
    <Frame asked={asked} title={title} hint={t('leads.noneHint')} shown={leads.length} count={count}>
      <DataTable label={t('leads.label')} rows={leads} columns={columns} rowId={({ leadId }: ForecastLead) => leadId} card={{ primary: 'name', secondary: 'step', end: 'weighted' }} empty={null} />
    </Frame>
  )
}

function WonLeads({ asked, answer: { wins, count, sum, currency, month } }: { asked: Search; answer: ForecastWinsAnswer }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const monthName = useMonthName()
  const money = (minor: bigint) => format.money(minor, currency, { currencyAs: 'none' })
  const columns: Column<ForecastWin>[] = [
    ...useLeadColumns(),
    { id: 'at', header: t('won.at'), cell: ({ lead }) => format.date(lead.wonAt, 'day-year') },
    { id: 'amount', header: t('won.amount'), unit: currency, numeric: true, cell: ({ amount }) => <b>{money(amount)}</b>, footer: <b>{money(sum)}</b> },
  ]
  const title = count === 0 ? t('won.none', { month: monthName(month) }) : t('won.title', { count, n: format.number(count), month: monthName(month), sum: format.money(sum, currency) })
  return (
    <Frame asked={asked} title={title} hint={t('leads.noneHint')} shown={wins.length} count={count}>
      <DataTable label={t('won.label')} rows={wins} columns={columns} rowId={({ leadId }: ForecastWin) => leadId} card={{ primary: 'name', secondary: 'at', end: 'amount' }} empty={null} />
    </Frame>
  )
}

type FrameProps = { asked: Asked; title: string; hint: string; shown: number; count: number; children: ReactNode }

function Frame({ asked: { owner, channel, line, by }, title, hint, shown, count, children }: FrameProps) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const back = forecastHref({ owner, channel, line, by })
  return (
    <>
      <PageHeader crumb={{ href: back, label: t('leads.back') }} title={title} />
      {shown === 0 ? <EmptyState kind="filtered" title={title} clearHref={back}>{hint}</EmptyState> : children}
      {count > shown && <PageBody><p className="text-13 text-muted">{t('leads.more', { shown: format.number(shown) })}</p></PageBody>}
    </>
  )
}

/** Who it is and whose it is, of open and won leads alike. */
function useLeadColumns(): Column<ForecastLead | ForecastWin>[] {
  const { t } = useTranslation('forecast')
  const words = useLeadWords()
  return [
    { id: 'name', header: t('leads.lead'), cell: ({ leadId, lead }) => <><Link className="lnk" to={`/leads/${leadId}`}>{words.name(lead)}</Link>{lead.company !== null && lead.person !== null && <span className="tbl-second">{lead.company.name}</span>}</> },
    { id: 'owner', header: t('by.owner'), cell: ({ lead }) => lead.owner?.name ?? t('none.owner') },
  ]
}
