import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { stages } from '~/domain/leads/vocabulary'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { useFormat } from '~/ui/use-format'
import type { PoolData } from './route'

type Row = PoolData['found']['rows'][number]

/** What lies in the pool: nobody's name, number or address until somebody owns the lead. */
export function PoolTable({ data: { found, owners, now }, nextHref }: { data: PoolData; nextHref: string | null }) {
  const { t } = useTranslation('pool')
  const { t: lead } = useTranslation('leads')
  const format = useFormat()
  const administers = found.pools.find(({ id }) => id === found.poolId)?.administers === true
  const nameOf = (row: Row) => row.company ?? t('page.noCompany')
  const reach = (row: Row) => [row.hasPhone && t('page.phone'), row.hasEmail && t('page.email')].filter(Boolean).join(' · ')
  const stage = (row: Row) => { const known = stages.find((each) => each === row.stage); return known === undefined ? row.stage : lead(`stage.${known}`) }
  const take = (row: Row): ReactNode => (row.claimableAt !== null && row.claimableAt > now
    ? <span className="text-12 text-muted">{t('page.again', { when: format.date(row.claimableAt, 'moment') })}</span>
    : <Claim row={row} name={nameOf(row)} />)
  const columns: Column<Row>[] = [
    { id: 'company', header: t('column.company'), cell: nameOf },
    { id: 'city', header: t('column.city'), cell: (row) => row.city ?? '—' },
    { id: 'channel', header: t('column.channel'), cell: (row) => <ChannelDot kind={row.channelKind}>{row.channel ?? '—'}</ChannelDot> },
    { id: 'line', header: t('column.line'), cell: (row) => row.productLine ?? '—' },
    { id: 'stage', header: t('column.stage'), cell: stage },
    { id: 'reach', header: t('column.reach'), cell: (row) => <span className="text-muted" title={t('page.masked')}>{reach(row) || '—'}</span> },
    { id: 'came', header: t('column.came'), cell: (row) => <span className="tn">{format.date(row.cameInAt, 'moment')}</span> },
    { id: 'about', header: t('column.channel'), hidden: true, cell: (row) => [row.city, row.channel, format.date(row.cameInAt, 'moment')].filter((part) => part !== null).join(' · ') },
    { id: 'claim', header: t('column.claim'), cell: take },
    ...(administers ? [{ id: 'give', header: t('column.give'), cell: (row: Row) => <Give row={row} owners={owners} name={nameOf(row)} /> }] : []),
  ]
  return (
    <DataTable
      label={t('page.label')} rows={found.rows} columns={columns} rowId={({ id }) => id} card={{ primary: 'company', secondary: 'about', end: 'claim' }}
      pager={{ nextHref, previousHref: null, firstHref: null }} empty={null}
    />
  )
}

function Claim({ row, name }: { row: Row; name: string }) {
  const { t } = useTranslation('pool')
  return (
    <Form method="post" className="relative inline-flex">
      <input type="hidden" name="leadId" value={row.id} />
      <button type="submit" className="btn btn-s" aria-label={t('page.claimOf', { name })}>{t('page.claim')}</button>
    </Form>
  )
}

function Give({ row, owners, name }: { row: Row; owners: PoolData['owners']; name: string }) {
  const { t } = useTranslation('pool')
  return (
    <Form method="post" action={`/leads/${row.id}/pool-assignment`} className="relative inline-flex gap-1">
      <select name="to" className="input min-w-28" aria-label={t('page.giveOf', { name })} defaultValue="">
        <option value="" disabled>{t('page.giveTo')}</option>
        {owners.map(({ id, name: owner }) => <option key={id} value={id}>{owner}</option>)}
      </select>
      <button type="submit" className="btn btn-s">{t('page.give')}</button>
    </Form>
  )
}
