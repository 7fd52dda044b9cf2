import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDeliveries, listSources } from '~/domain/capture'
import { can, reading } from '~/domain/kernel'
import { page } from '~/http'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { filterNames, Filters } from './filters'
import { inMoments, LogFilter } from './log-filter'
import { VerdictChip } from './verdict-chip'

export const handle: PageHandle = { title: 'deliveries' }

export const loader = page({ permission: 'deliveries:read', search: LogFilter }, ({ ctx, search, viewer }) =>
  reading(ctx, async (inside) => ({
    ...(await listDeliveries(inside, { ...inMoments(search, viewer.org.timeZone), limit: 50 })),
    sources: can(ctx.actor, 'sources:read') ? (await listSources(inside, {})).map(({ id, name }) => ({ id, name })) : [],
    mayReplay: can(ctx.actor, 'deliveries:replay'), maySeeLeads: can(ctx.actor, 'leads:read'),
  })),
)

type Loaded = Awaited<ReturnType<typeof listDeliveries>>['deliveries'][number]
const replayable = ['sourceId', 'state', 'since', 'until'] as const

export default function DeliveriesPage() {
  const { t } = useTranslation('sources')
  const { deliveries, next, previous, sources, mayReplay, maySeeLeads } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const said = (name: string) => params.get(name) ?? ''
  const isFiltered = [...filterNames, 'after', 'before'].some((name) => said(name) !== '')
  const to = (changes: Record<string, string>) => `?${new URLSearchParams([...filterNames.flatMap((name): [string, string][] => (said(name) === '' ? [] : [[name, said(name)]])), ...Object.entries(changes)])}`
  const chosen = deliveries.filter(({ id }) => selected.has(id))
  const range = replayable.flatMap((name): [string, string][] => (said(name) === '' ? [] : [[name, said(name)]]))
  // A range has a beginning, a source or a verdict; what a search or a way shows is chosen row by row.
  const mayReplayAll = mayReplay && range.some(([name]) => name !== 'until') && said('search') === '' && said('way') === '' && !['duplicate', 'rejected'].includes(said('state'))
  const again = <LinkButton size="s" prefetch="none" to={`/deliveries/replay?${new URLSearchParams(chosen.map(({ id }): [string, string] => ['deliveryId', id]))}`}>{t('log.replayThese')}</LinkButton>
  return (
    <>
      <PageHeader title={deliveries.length === 0 && !isFiltered ? t('log.empty') : t('log.title', { count: deliveries.length })} />
      <PageBar>
        <Filters sources={sources} />
        {mayReplayAll && deliveries.length > 0 && <span className="ml-auto"><LinkButton size="s" prefetch="none" to={`/deliveries/replay?${new URLSearchParams(range)}`}>{t('log.replayAll')}</LinkButton></span>}
      </PageBar>
      <PageBody>
        <DataTable
          label={t('log.label')} rows={deliveries} columns={useColumns(maySeeLeads)} rowId={({ id }) => id} rowHref={({ id }) => `/deliveries/${id}`} rowName={({ receipt }) => receipt}
          card={{ primary: 'received', secondary: 'from', end: 'state' }}
          {...(mayReplay ? { selection: { selected: new Set(chosen.map(({ id }) => id)), onChange: setSelected, actions: again } } : {})}
          pager={{ nextHref: next === null ? null : to({ after: next }), previousHref: previous === null ? null : to({ before: previous }), firstHref: previous === null ? null : to({}) }}
          empty={isFiltered ? <EmptyState kind="filtered" clearHref="/deliveries" /> : <EmptyState kind="empty" title={t('log.empty')}>{t('log.emptyHint')}</EmptyState>}
        />
      </PageBody>
    </>
  )
}

function useColumns(maySeeLeads: boolean): Column<Loaded>[] {
  const { t, i18n } = useTranslation('sources')
  const format = useFormat()
  const why = (code: string) => (i18n.exists(`sources:issue.${code}`) ? t(`issue.${code}` as 'issue.required') : code)
  const said = ({ state, issues }: Loaded) => (issues.length > 0 ? issues.map(({ code }) => why(code)).join(t('log.listComma')) : state === 'processed' ? '' : t(`because.${state}`))
  const spent = (ms: number | null) => (ms === null ? '—' : ms < 10_000 ? `${format.number(ms)} ms` : `${format.number(Math.round(ms / 1000))} s`)
  return [
    { id: 'received', header: t('log.received'), cell: ({ receivedAt }) => <span className="tn">{format.date(receivedAt, 'moment')}</span> },
    { id: 'source', header: t('log.source'), cell: ({ source }) => source.name },
    { id: 'state', header: t('log.state'), cell: ({ state }) => <VerdictChip verdict={state} /> },
    {
      id: 'why', header: t('log.became'),
      cell: (row) => (row.leadId !== null && maySeeLeads ? <Link to={`/leads/${row.leadId}`} className="lnk relative">{t('delivery.lead')}</Link> : <span className="text-muted">{said(row)}</span>),
    },
    { id: 'from', header: t('log.source'), hidden: true, cell: (row) => [row.source.name, said(row)].filter((text) => text !== '').join(' · ') },
    { id: 'way', header: t('log.way'), cell: ({ way }) => <span className="text-muted">{t(`way.${way}`)}</span> },
    { id: 'reply', header: t('log.reply'), numeric: true, cell: ({ replyStatus, way }) => (way === 'push' || way === 'form' ? replyStatus : '—') },
    { id: 'latency', header: t('log.latency'), numeric: true, cell: ({ latencyMs }) => <span title={t('log.latencyHint')}>{spent(latencyMs)}</span> },
    { id: 'receipt', header: t('log.receipt'), cell: ({ receipt }) => <code className="text-12 text-muted">{`${receipt.slice(0, 12)}…${receipt.slice(-4)}`}</code> },
  ]
}
