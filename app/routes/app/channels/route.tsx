import { Link, useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createChannel, listChannels } from '~/domain/channels'
import { CreateChannel } from '~/domain/channels/contract'
import { can } from '~/domain/kernel'
import { page, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Chip } from '~/ui/primitives/chip'
import { Dialog } from '~/ui/primitives/dialog'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { ChannelForm } from './channel-form'

export const handle: PageHandle = { title: 'channels' }

const Search = z.object({ archived: z.literal('1').optional().catch(undefined) })

export const loader = page({ permission: 'channels:read', search: Search }, async ({ ctx, search }) => ({
  channels: await listChannels(ctx, { archived: search.archived === '1' }), showsArchived: search.archived === '1', mayWrite: can(ctx.actor, 'channels:write'), now: ctx.now,
}))

export const action = submit({ permission: 'channels:write', form: CreateChannel }, ({ ctx, input }) => createChannel(ctx, input))

type Channel = Awaited<ReturnType<typeof listChannels>>[number]

export default function ChannelsPage() {
  const { t } = useTranslation('channels')
  const format = useFormat()
  const { channels, showsArchived, mayWrite } = useLoaderData<typeof loader>()
  const active = channels.filter(({ isArchived }) => !isArchived)
  const count = channels.reduce((sum, channel) => sum + channel.leads, 0)
  const leads = t('leadCount', { count, n: format.number(count) })
  const add = mayWrite ? (
    <Dialog title={t('add')} trigger={<Button variant="next">{t('add')}</Button>}>{(close) => <ChannelForm action="/channels" onDone={close} />}</Dialog>
  ) : null
  return (
    <>
      <PageHeader title={channels.length === 0 ? t('empty') : t('title', { count: active.length, formatted: format.number(active.length), leads })}>
        <Link to={showsArchived ? '/channels' : '/channels?archived=1'} className="lnk text-13">{showsArchived ? t('hideArchived') : t('showArchived')}</Link>
        {channels.length > 0 && add}
      </PageHeader>
      <PageBody>
        <DataTable
          label={t('label')} rows={channels} columns={useColumns(mayWrite)} rowId={({ id }) => id} rowName={({ name }) => name} rowHref={({ id }) => `/channels/${id}`} card={{ primary: 'name', secondary: 'kind', end: mayWrite ? 'actions' : 'leads' }}
          empty={<EmptyState kind="empty" title={t('empty')} action={add}>{t('emptyHint')}</EmptyState>}
        />
      </PageBody>
    </>
  )
}

function useColumns(mayWrite: boolean): Column<Channel>[] {
  const { t } = useTranslation('channels')
  const format = useFormat()
  const { now } = useLoaderData<typeof loader>()
  return [
    { id: 'name', header: t('name'), cell: ({ name, kind, isArchived }) => <ChannelDot kind={kind}>{name}{isArchived && <Chip className="ml-2">{t('archived')}</Chip>}</ChannelDot> },
    { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'sources', header: t('sources'), numeric: true, cell: ({ sources }) => format.number(sources) },
    { id: 'campaigns', header: t('campaigns'), numeric: true, cell: ({ campaigns }) => format.number(campaigns) },
    { id: 'leads', header: t('leads'), numeric: true, cell: ({ leads }) => format.number(leads) },
    { id: 'last', header: t('last'), cell: ({ lastLeadAt }) => (lastLeadAt === null ? t('never') : format.relative(lastLeadAt, now)) },
    { id: 'actions', header: t('actions'), hidden: !mayWrite, cell: (channel) => <Actions channel={channel} /> },
  ]
}

function Actions({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const fetcher = useFetcher()
  return (
    <span className="flex gap-1">
      <Dialog title={t('rename')} trigger={<Button size="s" variant="quiet" aria-label={`${t('rename')} ${channel.name}`}>{t('rename')}</Button>}>
        {(close) => <ChannelForm action={`/channels/${channel.id}/name`} channel={channel} onDone={close} />}
      </Dialog>
      <fetcher.Form method="post" action={`/channels/${channel.id}/archive`}>
        <input type="hidden" name="archived" value={channel.isArchived ? 'false' : 'true'} />
        <Button type="submit" size="s" variant="quiet" isPending={fetcher.state !== 'idle'} aria-label={`${channel.isArchived ? t('restore') : t('archive')} ${channel.name}`}>{channel.isArchived ? t('restore') : t('archive')}</Button>
      </fetcher.Form>
    </span>
  )
}
