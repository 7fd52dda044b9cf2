import { Form, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listDeliveries, listSources } from '~/domain/capture'
import { deliveryVerdicts } from '~/domain/capture/vocabulary'
import { can, reading } from '~/domain/kernel'
import { page } from '~/http'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { inMoments, LogFilter } from './log-filter'
import { ReplayRange } from './replay-range'
import { VerdictChip } from './verdict-chip'

export const loader = page({ permission: 'deliveries:read', search: LogFilter }, ({ ctx, search, viewer }) =>
  reading(ctx, async (inside) => ({
    ...(await listDeliveries(inside, { ...inMoments(search, viewer.org.timeZone), limit: 50 })),
    sources: can(ctx.actor, 'sources:read') ? (await listSources(inside, {})).map(({ id, name }) => ({ id, name })) : [],
    mayReplay: can(ctx.actor, 'deliveries:replay'),
  })),
)

type Loaded = Awaited<ReturnType<typeof listDeliveries>>['deliveries'][number]

export default function DeliveriesPage() {
  const { t } = useTranslation('sources')
  const { deliveries, next, mayReplay } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const isFiltered = ['sourceId', 'state', 'since', 'until', 'after'].some((name) => (params.get(name) ?? '') !== '')
  const more = new URLSearchParams(params)
  if (next !== null) more.set('after', next)
  const newest = new URLSearchParams(params)
  newest.delete('after')
  return (
    <>
      <PageHeader title={deliveries.length === 0 && !isFiltered ? t('log.empty') : t('log.title', { count: deliveries.length })} />
      <PageBar>
        <Filters />
        {mayReplay && deliveries.length > 0 && <span className="ml-auto flex items-center gap-2"><ReplayRange /></span>}
      </PageBar>
      <PageBody>
        <DataTable
          label={t('log.label')} rows={deliveries} columns={useColumns()} rowId={({ id }) => id} rowHref={({ id }) => `/deliveries/${id}`} rowName={({ receipt }) => receipt}
          card={{ primary: 'received', secondary: 'from', end: 'state' }}
          pager={{ nextHref: next === null ? null : `?${more}`, firstHref: params.get('after') === null ? null : `?${newest}` }}
          empty={isFiltered ? <EmptyState kind="filtered" clearHref="/deliveries" /> : <EmptyState kind="empty" title={t('log.empty')}>{t('log.emptyHint')}</EmptyState>}
        />
      </PageBody>
    </>
  )
}

function Filters() {
  const { t } = useTranslation('sources')
  const { sources } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const said = (name: string) => params.get(name) ?? ''
  return (
    <Form method="get" className="flex flex-wrap items-center gap-2" key={params.toString()}>
      <select name="sourceId" defaultValue={said('sourceId')} aria-label={t('log.source')} className="input w-auto max-w-52">
        <option value="">{t('log.allSources')}</option>
        {sources.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
      <select name="state" defaultValue={said('state')} aria-label={t('log.state')} className="input w-auto">
        <option value="">{t('log.allStates')}</option>
        {deliveryVerdicts.map((verdict) => <option key={verdict} value={verdict}>{t(`verdict.${verdict}`)}</option>)}
      </select>
      <label className="flex items-center gap-1 text-12 text-muted">{t('log.since')}<input type="date" name="since" defaultValue={said('since')} className="input w-auto" /></label>
      <label className="flex items-center gap-1 text-12 text-muted">{t('log.until')}<input type="date" name="until" defaultValue={said('until')} className="input w-auto" /></label>
      <Button type="submit" size="s">{t('log.filter')}</Button>
    </Form>
  )
}

function useColumns(): Column<Loaded>[] {
  const { t, i18n } = useTranslation('sources')
  const format = useFormat()
  const why = (code: string) => (i18n.exists(`sources:issue.${code}`) ? t(`issue.${code}` as 'issue.required') : code)
  return [
    { id: 'received', header: t('log.received'), cell: ({ receivedAt }) => <span className="tn">{format.date(receivedAt, 'moment')}</span> },
    { id: 'source', header: t('log.source'), cell: ({ source }) => source.name },
    { id: 'state', header: t('log.state'), cell: ({ state }) => <VerdictChip verdict={state} /> },
    { id: 'why', header: t('log.why'), cell: ({ state, issues }) => <span className="text-muted">{issues.length > 0 ? issues.map(({ code }) => why(code)).join(t('log.listComma')) : state === 'processed' ? '' : t(`because.${state}`)}</span> },
    { id: 'from', header: t('log.source'), hidden: true, cell: ({ source, issues }) => `${source.name}${issues.length > 0 ? ` · ${issues.map(({ code }) => why(code)).join(t('log.listComma'))}` : ''}` },
    { id: 'size', header: t('log.size'), unit: 'B', numeric: true, cell: ({ bytes }) => format.number(bytes) },
    { id: 'receipt', header: t('log.receipt'), cell: ({ receipt }) => <code className="text-12 text-muted">{`${receipt.slice(0, 12)}…${receipt.slice(-4)}`}</code> },
  ]
}
