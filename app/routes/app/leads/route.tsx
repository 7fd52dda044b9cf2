import type { MetaFunction } from '@remix-run/react'
import { useLoaderData } from '@remix-run/react'
import Download from 'lucide-react/icons/download'
import Plus from 'lucide-react/icons/plus'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { countLeads, filterChoices, listLeads } from '~/domain/leads'
import { page } from '~/http'
import { PageHeader } from '~/ui/layout/page-header'
import { EmptyState } from '~/ui/primitives/empty-state'
import { LinkButton } from '~/ui/primitives/button'
import { DataTable } from '~/ui/tables/data-table'
import { countedAtMost } from './counted'
import { LeadFilters } from './lead-filters'
import { useLeadColumns } from './lead-columns'
import { useFilterWords } from './filter-words'
import { useLeadWords } from '~/ui/leads/lead-words'

const FILTERS = ['from', 'to', 'view', 'reached', 'lost', 'as_of', 'stage', 'verdict', 'channel', 'campaign', 'owner', 'source', 'q'] as const

export const meta: MetaFunction = () => [{ title: 'Leads · Clew' }]

/** An empty choice of a filter form is no filter. */
const withoutBlanks = (request: Request) => Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ''))

export const loader = page({ permission: 'leads:read' }, ({ ctx, request }) =>
  reading(ctx, async (ctx) => {
    const search = withoutBlanks(request)
    const found = await listLeads(ctx, { ...search, limit: 100 })
    const applied = Object.fromEntries(FILTERS.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])))
    return { ...found, applied: applied as Record<string, string>, isFirst: search['cursor'] === undefined, count: await countLeads(ctx, search), choices: await filterChoices(ctx, {}), mayWrite: can(ctx.actor, 'leads:write'), now: ctx.now }
  }),
)


export default function LeadsPage() {
  const { rows, nextCursor, applied, isFirst, count, choices, mayWrite, now } = useLoaderData<typeof loader>()
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  const sentence = useFilterWords()
  const query = new URLSearchParams(applied)
  const filtered = Object.keys(applied).length > 0
  const columns = useLeadColumns(now)
  const empty = filtered ? (
    <EmptyState kind="filtered" clearHref="/leads">{t('list.filteredHint')}</EmptyState>
  ) : (
    <EmptyState kind="empty" title={t('list.empty')} action={<LinkButton to="/sources">{t('list.connect')}</LinkButton>}>{t('list.emptyHint')}</EmptyState>
  )
  return (
    <>
      <PageHeader title={sentence(count, applied, choices)}>
        {count > 0 && <a className="btn" href={`/leads/export?${query.toString()}`} download><Download className="i" aria-hidden="true" />{t('list.export')}</a>}
        {mayWrite && <LinkButton variant="quiet" to="/merges">{t('list.duplicates')}</LinkButton>}
        {mayWrite && <LinkButton to="/leads/new" icon={Plus}>{t('add.submit')}</LinkButton>}
      </PageHeader>
      <LeadFilters applied={applied} choices={choices} />
      <DataTable
        label={t('meta')} rows={rows} columns={columns} rowId={(row) => row.id} rowHref={(row) => `/leads/${row.id}`} rowName={words.name} fill
        card={{ primary: 'name', secondary: 'about', end: 'stage' }} empty={empty}
        pager={{
          total: count, approximate: count >= countedAtMost, firstHref: isFirst ? null : `/leads?${query.toString()}`,
          nextHref: nextCursor === null ? null : `/leads?${new URLSearchParams({ ...applied, cursor: nextCursor }).toString()}`,
        }}
      />
    </>
  )
}
