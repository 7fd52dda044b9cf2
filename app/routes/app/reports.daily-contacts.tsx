import { Link, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { contactsOfDay, type ContactLine } from '~/domain/analytics'
import { ContactsSearch } from '~/domain/analytics/contract'
import { page } from '~/http'
import { localDate } from '~/lib/period'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'contactsOfDay' }

export const loader = page({ permission: 'reports:read', search: ContactsSearch }, async ({ ctx, search, viewer }) => {
  const day = search.day ?? localDate(ctx.now, viewer.org.timeZone)
  return { day, back: search.team, ...(await contactsOfDay(ctx, { day, memberId: search.member, teamId: search.team, callsOnly: search.kind === 'call' })) }
})

/** The contacts behind a number of the daily report. */
export default function ContactsOfDayPage() {
  const { day, back, lines, count } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['notices', 'leads'])
  const format = useFormat()
  const columns: Column<ContactLine>[] = [
    { id: 'at', header: t('notices:contacts.at'), cell: (row) => <span className="tn">{format.date(row.at, 'time')}</span> },
    { id: 'name', header: t('notices:contacts.lead'), cell: (row) => <Link className="lnk" to={`/leads/${row.leadId}`}>{row.name === '' ? t('notices:contacts.noName') : row.name}</Link> },
    { id: 'kind', header: t('notices:contacts.kind'), cell: (row) => t(`leads:kind.${row.kind}`) },
    { id: 'outcome', header: t('notices:contacts.outcome'), cell: (row) => (row.outcome === null ? '—' : t(`leads:outcome.${row.outcome}`)) },
    { id: 'member', header: t('notices:daily.member'), cell: (row) => row.member ?? '—' },
  ]
  return (
    <>
      <PageHeader title={t('notices:contacts.title', { count, day: format.day(day, 'day') })} crumb={{ href: `/reports/daily?day=${day}${back === undefined ? '' : `&team=${back}`}`, label: t('notices:contacts.back') }} />
      {lines.length === 0 ? <EmptyState kind="filtered" title={t('notices:contacts.empty')}>{t('notices:contacts.emptyHint')}</EmptyState> : (
        <DataTable label={t('notices:contacts.label')} rows={lines} columns={columns} rowId={(row: ContactLine) => row.id} card={{ primary: 'name', secondary: 'outcome', end: 'at' }} empty={null} />
      )}
      {count > lines.length && <PageBody><p className="text-13 text-muted">{t('notices:contacts.more', { shown: format.number(lines.length) })}</p></PageBody>}
    </>
  )
}
