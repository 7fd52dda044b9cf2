import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listSourceAlarms, listSources } from '~/domain/capture'
import { can, reading } from '~/domain/kernel'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'sources' }

export const loader = page({ permission: 'sources:read' }, ({ ctx }) =>
  reading(ctx, async (inside) => {
    const open = await listSourceAlarms(inside, { limit: 200 })
    const sources = (await listSources(inside, {})).map((each) => ({ ...each, alarms: open.filter(({ source }) => source.id === each.id).map(({ kind }) => kind) }))
    return { sources, mayWrite: can(ctx.actor, 'sources:write'), now: ctx.now }
  }),
)

type Source = ReturnType<typeof useLoaderData<typeof loader>>['sources'][number]

const total = (day: Source['day']) => Object.values(day).reduce((sum, n) => sum + n, 0)

export default function SourcesPage() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { sources, mayWrite, now } = useLoaderData<typeof loader>()
  const columns = useColumns(now)
  const day = format.number(sources.reduce((sum, source) => sum + total(source.day), 0))
  const active = sources.filter(({ status }) => status === 'active').length
  const troubled = sources.filter(({ alarms }) => alarms.length > 0).length
  const title = t('list.title', { count: sources.length, active, day })
  const first = troubled === 0 ? title : t('list.look', { count: troubled, n: format.number(troubled), rest: title })
  const connect = mayWrite ? <LinkButton to="/sources/new" variant="next">{t('list.connect')}</LinkButton> : null
  return (
    <>
      <PageHeader title={sources.length === 0 ? t('list.none') : first}>{sources.length > 0 && connect}</PageHeader>
      <PageBody>
        <DataTable
          label={t('list.label')} rows={sources} columns={columns} rowId={({ id }) => id} rowHref={({ id }) => `/sources/${id}`} rowName={({ name }) => name}
          card={{ primary: 'name', secondary: 'last', end: 'state' }}
          empty={<EmptyState kind="empty" title={t('list.emptyTitle')} action={connect}>{t('list.emptyHint')}</EmptyState>}
        />
      </PageBody>
    </>
  )
}

/** Whether it takes leads, or what of it is not as usual. */
function State({ source: { status, alarms } }: { source: Source }) {
  const { t } = useTranslation('sources')
  if (alarms.length === 0) return <Chip tone={status === 'active' ? 'won' : 'warn'}>{t(`status.${status}`)}</Chip>
  return <span className="flex flex-wrap gap-1">{alarms.map((kind) => <Chip key={kind} tone="breach">{t(`health.${kind}`)}</Chip>)}</span>
}

function useColumns(now: Date): Column<Source>[] {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return [
    { id: 'name', header: t('list.name'), cell: ({ name }) => name },
    { id: 'connector', header: t('list.connector'), cell: ({ connector }) => t(`connector.${connector}`) },
    { id: 'channel', header: t('list.channel'), cell: ({ channel }) => channel?.name ?? '—' },
    { id: 'state', header: t('list.state'), cell: (source) => <State source={source} /> },
    {
      id: 'last', header: t('list.last'),
      cell: ({ last }) => (last === null ? <span className="text-muted">{t('list.never')}</span> : `${format.relative(last.at, now)} · ${t(`verdict.${last.verdict}`)}`),
    },
    { id: 'day', header: t('list.day'), numeric: true, cell: ({ day }) => format.number(total(day)) },
  ]
}
