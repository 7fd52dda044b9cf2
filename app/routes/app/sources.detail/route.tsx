import { useFetcher, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDeliveries, sourceDetail } from '~/domain/capture'
import { listChannels } from '~/domain/channels'
import { can, reading, type Context } from '~/domain/kernel'
import { listProductLines } from '~/domain/leads'
import { listMembers } from '~/domain/orgs'
import { page } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import { Button, LinkButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { CopyButton } from '~/ui/primitives/copy-button'
import { Dialog } from '~/ui/primitives/dialog'
import { useFormat } from '~/ui/use-format'
import { EditForm, type Choices } from './edit-form'
import { RecentDeliveries } from './recent-deliveries'
import { SourceControls } from './source-controls'

export const loader = page({ permission: 'sources:read' }, ({ ctx, params }) =>
  reading(ctx, async (inside) => {
    const source = await sourceDetail(inside, { sourceId: params['sourceId'] as never })
    const maySeeLog = can(ctx.actor, 'deliveries:read')
    const recent = maySeeLog ? (await listDeliveries(inside, { sourceId: source.id, limit: 10 })).deliveries : []
    return { source, recent, choices: can(ctx.actor, 'sources:write') ? await choicesOf(inside) : null, maySeeLog, now: ctx.now }
  }),
)

const choicesOf = async (ctx: Context): Promise<Choices> => ({
  channels: (await listChannels(ctx, {})).map(({ id, name }) => ({ id, label: name })),
  members: (await listMembers(ctx, {})).flatMap(({ id, name, role, status }) => (role === 'partner' || status !== 'active' ? [] : [{ id, label: name }])),
  productLines: (await listProductLines(ctx, {})).map(({ id, name }) => ({ id, label: name })),
})

export default function SourcePage() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { source, recent, choices, maySeeLog, now } = useLoaderData<typeof loader>()
  const mayWrite = choices !== null
  const count = Object.values(source.day).reduce((sum, n) => sum + n, 0)
  return (
    <>
      <PageHeader title={t('one.title', { name: source.name, status: t(`one.${source.status}`), count, day: format.number(count) })} crumb={{ href: '/sources', label: t('new.crumb') }}>
        {mayWrite && source.address !== null && source.status === 'active' && <TestButton sourceId={source.id} />}
      </PageHeader>
      <PageBody narrow>
        <PageSection title={t('one.address')} aside={<Chip tone={source.status === 'active' ? 'won' : 'warn'}>{t(`status.${source.status}`)}</Chip>}>
          {source.address === null ? <p className="text-13 text-muted">{t('one.inner')}</p> : (
            <div className="flex items-center gap-2">
              <code className="min-w-0 flex-1 break-all rounded-md border border-line px-3 py-2 text-13">{source.address}</code>
              <CopyButton value={source.address} />
            </div>
          )}
          {source.formerSecretUntil !== null && <p className="mt-2 text-13 text-muted">{t('one.former', { when: format.date(source.formerSecretUntil, 'moment') })}</p>}
          {mayWrite && source.address !== null && <SourceControls sourceId={source.id} status={source.status} />}
        </PageSection>
        {maySeeLog && (
          <PageSection title={t('one.recent')} aside={<LinkButton size="s" variant="quiet" to={`/deliveries?sourceId=${source.id}`}>{t('one.all')}</LinkButton>}>
            <RecentDeliveries deliveries={recent} now={now} />
          </PageSection>
        )}
        <PageSection title={t('one.facts')} aside={choices === null ? undefined : <EditButton choices={choices} />}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-13">
            {[
              [t('list.connector'), t(`connector.${source.connector}`)], [t('one.channel'), source.channel?.name ?? t('one.none')], [t('one.owner'), source.owner?.name ?? t('new.nobody')],
              [t('one.productLine'), source.productLine?.name ?? t('new.default')], [t('one.rule'), t(`rule.${source.leadRule}`)], [t('one.country'), source.defaultCountry],
            ].map(([name, value]) => (
              <div key={name} className="contents"><dt className="text-muted">{name}</dt><dd>{value}</dd></div>
            ))}
          </dl>
        </PageSection>
      </PageBody>
    </>
  )
}

function EditButton({ choices }: { choices: Choices }) {
  const { t } = useTranslation('sources')
  const { source } = useLoaderData<typeof loader>()
  const [isSaved, setSaved] = useState(false)
  return (
    <span className="flex items-center gap-3">
      <span role="status">{isSaved ? t('one.saved') : ''}</span>
      <Dialog title={source.name} trigger={<Button size="s">{t('one.edit')}</Button>} onOpenChange={(open) => { if (open) setSaved(false) }}>
        {(close) => <EditForm source={source} choices={choices} onDone={() => { setSaved(true); close() }} />}
      </Dialog>
    </span>
  )
}

function TestButton({ sourceId }: { sourceId: string }) {
  const { t } = useTranslation('sources')
  const fetcher = useFetcher<{ done?: { status: number } }>()
  return (
    <fetcher.Form method="post" action={`/sources/${sourceId}/test-delivery`} className="flex items-center gap-3">
      <span role="status" className="text-13 text-muted max-lg:sr-only">{fetcher.data?.done === undefined ? '' : t('one.tested', { status: fetcher.data.done.status })}</span>
      <Button type="submit" isPending={fetcher.state !== 'idle'}>{t('one.test')}</Button>
    </fetcher.Form>
  )
}
