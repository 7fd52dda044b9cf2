import { redirect } from '@remix-run/node'
import type { ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import Download from 'lucide-react/icons/download'
import Plus from 'lucide-react/icons/plus'
import { useTranslation } from 'react-i18next'
import { can, isRefusal, reading, type Context } from '~/domain/kernel'
import { countSoon, filterChoices, leadBoard, leadFields, leadGroups, listFields, listLeads, listProductLines } from '~/domain/leads'
import { groupings } from '~/domain/leads/vocabulary'
import { listTeams } from '~/domain/orgs'
import { listViews } from '~/domain/views'
import { page } from '~/http'
import { localDate } from '~/lib/period'
import { PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { Display } from './display'
import { FilterBar } from './filter-bar'
import { useFilterWords } from './filter-words'
import { isBare, withSaid } from './list-address'
import { ListBody } from './list-body'
import { PeekPanel } from './peek-panel'
import { ViewBar } from './view-bar'

export const handle: PageHandle = { title: 'leads' }

const filterNames = ['from', 'to', 'view', 'reached', 'lost', 'as_of', 'stage', 'verdict', 'channel', 'campaign', 'owner', 'source', 'q', 'answered', 'hour', 'sla', 'grading', 'cell'] as const

export const loader = page({ permission: 'leads:read' }, ({ ctx, viewer, request }) =>
  reading(ctx, async (ctx) => {
    const search = new URL(request.url).searchParams
    if (search.has('x.field')) throw redirect(`/leads?${withSaid(search).toString()}`)
    const views = ctx.actor.kind === 'user' ? await listViews(ctx, {}) : []
    const opened = views.find(({ id, isDefault }) => (search.has('v') ? id === search.get('v') : isDefault && search.size === 0))
    if (opened !== undefined && isBare(search)) throw redirect(`/leads?v=${opened.id}&layout=table&${opened.search}`.replace(/&layout=table(?=.*layout=)/, ''))
    const asked = askedIn(search)
    const fields = await listFields(ctx, {})
    const shown = await shownIn(ctx, search, asked)
    const rows = [...shown.rows, ...(shown.groups ?? []).flatMap((group) => group.rows), ...(shown.columns ?? []).flatMap((column) => column.rows)]
    const applied = Object.fromEntries(filterNames.flatMap((name) => (search.get(name) ?? '') === '' ? [] : [[name, search.get(name) ?? '']]))
    return {
      ...shown, applied, views, fields, values: await leadFields(ctx, { leadIds: rows.map(({ id }) => id) }), isFirst: !search.has('cursor'), count: await countSoon(ctx, { ...asked, withinMs: 800 }),
      choices: { ...(await filterChoices(ctx, {})), teams: await listTeams(ctx, {}), lines: await listProductLines(ctx, {}) }, now: ctx.now, today: localDate(ctx.now, viewer.org.timeZone),
      currency: viewer.org.currency, may: { write: can(ctx.actor, 'leads:write'), assign: can(ctx.actor, 'leads:assign'), export: can(ctx.actor, 'leads:export') },
    }
  }),
)

/** An empty choice of a filter form is no filter. */
function askedIn(search: URLSearchParams): object {
  const single = Object.fromEntries([...filterNames, 'cursor'].flatMap((name) => ((search.get(name) ?? '') === '' ? [] : [[name, search.get(name) ?? '']])))
  return { ...single, ...(search.has('f') ? { f: search.getAll('f') } : {}), ...(search.has('or') ? { or: search.getAll('or') } : {}) }
}

async function shownIn(ctx: Context, search: URLSearchParams, asked: object) {
  const sort = search.get('sort') ?? '-came_in'
  const none = { rows: [], nextCursor: null, groups: null, columns: null, isUnsorted: false }
  if (search.get('layout') === 'board') return { ...none, columns: await leadBoard(ctx, { ...asked, cursor: undefined }) }
  const group = groupings.find((name) => name === search.get('group'))
  const inOrder = async (order: string) => (group !== undefined ? { ...none, groups: await leadGroups(ctx, { ...asked, group, sort: order }) } : { ...none, ...(await listLeads(ctx, { ...asked, sort: order, limit: 100 })) })
  try {
    return await inOrder(sort)
  } catch (error) {
    // Too many to put in order by a name: shown in the usual one, and the page says so.
    if (!isRefusal(error, 'invalid') || error.fields['sort']?.includes('too-many-to-sort') !== true) throw error
    return { ...(await inOrder('-came_in')), isUnsorted: true }
  }
}

/** The open panel and the open editor are the page's own: the list is not asked for again. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  if (formMethod !== undefined && formMethod !== 'GET') return defaultShouldRevalidate
  const bare = (url: URL) => new URLSearchParams([...url.searchParams].filter(([name]) => !['peek', 'add', 'edit', 'in'].includes(name))).toString()
  return currentUrl.pathname !== nextUrl.pathname || currentUrl.href === nextUrl.href || bare(currentUrl) !== bare(nextUrl)
}

export type ListData = Awaited<ReturnType<typeof loader>>

export default function LeadsPage() {
  const data = useLoaderData<typeof loader>()
  const { count, applied, choices, may } = data
  const { t } = useTranslation('leads')
  const [search] = useSearchParams()
  const sentence = useFilterWords()
  return (
    <>
      <PageHeader title={sentence(count, applied, choices)}>
        {count !== 0 && may.export && <a className="btn" href={`/leads/export?${search.toString()}`} download><Download className="i" aria-hidden="true" />{t('list.export')}</a>}
        {may.write && <LinkButton variant="quiet" to="/merges">{t('list.duplicates')}</LinkButton>}
        {may.write && <LinkButton to="/leads/new" icon={Plus}>{t('add.submit')}</LinkButton>}
      </PageHeader>
      <div className="ll-bar no-print">
        <ViewBar data={data} />
        <FilterBar data={data} />
        <Display data={data} />
      </div>
      <div className="ll-main fills">
        <ListBody data={data} />
        <PeekPanel now={data.now} />
      </div>
    </>
  )
}
