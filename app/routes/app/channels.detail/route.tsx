import { Link, useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listCampaigns, listChannels } from '~/domain/channels'
import { can, DomainError, reading } from '~/domain/kernel'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { Dialog } from '~/ui/primitives/dialog'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { CampaignForm } from './campaign-form'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'channel', recordOf: ({ channel }) => channel.name }

export const loader = page({ permission: 'channels:read' }, ({ ctx, params }) =>
  reading(ctx, async (inside) => {
    const channel = (await listChannels(inside, { archived: true })).find(({ id }) => id === params['channelId'])
    if (channel === undefined) throw new DomainError('not-found')
    const campaigns = await listCampaigns(inside, { channelId: channel.id, archived: true })
    // The counts are of everybody's leads: only who sees everybody's is shown the list behind them.
    const seesAll = ctx.actor.kind === 'user' && ctx.actor.visibility.leads === 'all'
    return { channel, campaigns, seesAll, mayWrite: can(ctx.actor, 'channels:write'), now: ctx.now }
  }),
)

type Campaign = Awaited<ReturnType<typeof listCampaigns>>[number]

export default function ChannelPage() {
  const { t } = useTranslation('channels')
  const format = useFormat()
  const { channel, campaigns, mayWrite } = useLoaderData<typeof loader>()
  const [running, archived] = [campaigns.filter(({ isArchived }) => !isArchived), campaigns.filter(({ isArchived }) => isArchived)]
  const columns = useColumns()
  const add = mayWrite ? (
    <Dialog title={t('campaign.add')} trigger={<Button variant="next">{t('campaign.add')}</Button>}>{(close) => <CampaignForm action={`/channels/${channel.id}/campaigns`} onDone={close} />}</Dialog>
  ) : null
  const table = (rows: Campaign[], label: string) => (
    <DataTable
      label={label} rows={rows} columns={columns} rowId={({ id }) => id} rowName={({ name }) => name} card={{ primary: 'name', secondary: 'summary', end: mayWrite ? 'actions' : 'last' }}
      empty={<EmptyState kind="empty" title={t('campaign.empty')} action={add}>{t('campaign.emptyHint')}</EmptyState>}
    />
  )
  const title = t('campaign.title', { count: running.length, formatted: format.number(running.length), name: channel.name, leads: t('leadCount', { count: channel.leads, n: format.number(channel.leads) }) })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/channels', label: t('label') }}>{running.length > 0 && add}</PageHeader>
      <PageBody>
        {table(running, t('campaigns'))}
        {archived.length > 0 && (
          <details className="mt-6">
            <summary className="lnk inline-flex min-h-8 cursor-pointer items-center text-13 text-muted">{t('campaign.archived', { count: archived.length, n: format.number(archived.length) })}</summary>
            <div className="-mx-6 mt-2 max-md:-mx-4">{table(archived, t('archived'))}</div>
          </details>
        )}
      </PageBody>
    </>
  )
}

function useColumns(): Column<Campaign>[] {
  const { t } = useTranslation('channels')
  const format = useFormat()
  const { now, mayWrite, seesAll } = useLoaderData<typeof loader>()
  const counted = ({ id, leads }: Campaign) => (leads > 0 && seesAll ? <Link to={`/leads?campaign=${id}`} className="lnk">{format.number(leads)}</Link> : format.number(leads))
  return [
    { id: 'name', header: t('campaign.name'), cell: ({ name }) => name },
    { id: 'leads', header: t('leads'), numeric: true, cell: counted },
    { id: 'last', header: t('last'), cell: ({ lastLeadAt }) => (lastLeadAt === null ? t('never') : format.relative(lastLeadAt, now)) },
    { id: 'summary', header: '', hidden: true, cell: ({ leads }) => t('leadCount', { count: leads, n: format.number(leads) }) },
    { id: 'actions', header: t('actions'), hidden: !mayWrite, cell: (campaign) => <Actions campaign={campaign} /> },
  ]
}

function Actions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('channels')
  const fetcher = useFetcher()
  const archives = campaign.isArchived ? t('restore') : t('archive')
  return (
    <span className="flex gap-1">
      <Dialog title={t('campaign.rename')} trigger={<Button size="s" variant="quiet" aria-label={`${t('rename')} ${campaign.name}`}>{t('rename')}</Button>}>
        {(close) => <CampaignForm action={`/campaigns/${campaign.id}/name`} campaign={campaign} onDone={close} />}
      </Dialog>
      <fetcher.Form method="post" action={`/campaigns/${campaign.id}/archive`}>
        <input type="hidden" name="archived" value={campaign.isArchived ? 'false' : 'true'} />
        <Button type="submit" size="s" variant="quiet" isPending={fetcher.state !== 'idle'} aria-label={`${archives} ${campaign.name}`}>{archives}</Button>
      </fetcher.Form>
    </span>
  )
}
