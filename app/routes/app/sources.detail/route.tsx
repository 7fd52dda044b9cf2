import { useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listDeliveries, ownReachProblem, sourceDetail, sourceSetup } from '~/domain/capture'
import { connectableNames, type ConnectableName } from '~/domain/capture/vocabulary'
import { can, reading } from '~/domain/kernel'
import { page, sourceChoices } from '~/http'
import { connectorGuide } from '~/i18n/connector-guides.server'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button, LinkButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { CopyLine } from '~/ui/sources/copy-line'
import { ReachWarning } from '~/ui/sources/reach-warning'
import { useFormat } from '~/ui/use-format'
import { healthOf } from './health-of'
import { RecentDeliveries } from './recent-deliveries'
import { SourceControls } from './source-controls'
import { SourceFacts } from './source-facts'
import { SourceHealth } from './source-health'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'source', recordOf: ({ source }) => source.name }

const isConnectable = (name: string): name is ConnectableName => (connectableNames as readonly string[]).includes(name)

export const loader = page({ permission: 'sources:read' }, ({ ctx, params, viewer }) =>
  reading(ctx, async (inside) => {
    const source = await sourceDetail(inside, { sourceId: params['sourceId'] as never })
    const maySeeLog = can(ctx.actor, 'deliveries:read')
    const recent = maySeeLog ? (await listDeliveries(inside, { sourceId: source.id, limit: 10 })).deliveries : []
    const guide = isConnectable(source.connector) ? connectorGuide(source.connector, viewer.locale) : null
    const changes = can(ctx.actor, 'sources:write') ? { choices: await sourceChoices(inside), setup: guide === null ? null : await sourceSetup(inside, { sourceId: source.id }), words: guide?.fields ?? {} } : null
    const health = await healthOf(inside, source.id)
    return { source, recent: { deliveries: recent, now: ctx.now }, guide, changes, health, maySeeLog, reach: ownReachProblem() }
  }),
)

export default function SourcePage() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { source, recent, guide, changes, health, maySeeLog, reach } = useLoaderData<typeof loader>()
  const testing = useFetcher<{ done?: { status: number; deliveryId: string | null } }>()
  const count = Object.values(source.day).reduce((sum, n) => sum + n, 0)
  const setup = changes?.setup ?? null
  const waits = source.status === 'active' && source.last === null
  const title = waits ? t('one.titleWaits', { name: source.name }) : t('one.title', { name: source.name, status: t(`one.${source.status}`), count, day: format.number(count) })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/sources', label: t('new.crumb') }}>
        {setup?.mayTest === true && source.status === 'active' && (
          <testing.Form method="post" action={`/sources/${source.id}/test-delivery`} className="flex items-center gap-3">
            <span role="status" className="text-13 text-muted max-lg:sr-only">{testing.data?.done === undefined ? '' : t('one.tested', { status: testing.data.done.status })}</span>
            <Button type="submit" isPending={testing.state !== 'idle'}>{t('one.test')}</Button>
          </testing.Form>
        )}
      </PageHeader>
      <PageBody narrow>
        <SourceHealth sourceId={source.id} health={health} now={recent.now} />
        {maySeeLog && (
          <PageSection title={t('one.recent')} aside={<LinkButton size="s" variant="quiet" to={`/deliveries?sourceId=${source.id}`}>{t('one.all')}</LinkButton>}>
            <RecentDeliveries sourceId={source.id} first={recent} since={testing.data?.done?.deliveryId} />
          </PageSection>
        )}
        <PageSection title={t('one.address')} aside={<Chip tone={source.status === 'active' ? 'won' : 'warn'}>{t(`status.${source.status}`)}</Chip>}>
          {source.address === null ? <p className="text-13 text-muted">{t(guide === null ? 'one.inner' : 'one.pulled')}</p> : (
            <>
              <CopyLine value={source.address} />
              <ReachWarning problem={reach} needsTls={['google-ads', 'meta', 'linkedin'].includes(source.connector)} />
            </>
          )}
          {source.formerSecretUntil !== null && <p className="mt-2 text-13 text-muted">{t('one.former', { when: format.date(source.formerSecretUntil, 'moment') })}</p>}
          {setup !== null && guide !== null && <SourceControls sourceId={source.id} status={source.status} secret={setup.secret} words={guide.secret} />}
        </PageSection>
        <SourceFacts source={source} changes={changes} />
        {guide !== null && guide.steps.length > 0 && (
          <PageSection title={t('made.steps')}>
            {setup !== null && guide.standing.trim() !== '' && <p className="mb-3 text-13 text-text-2"><b className="font-medium">{t(`standing.${setup.standing}`)}</b> {guide.standing}</p>}
            <ol className="flex list-decimal flex-col gap-2 pl-5 text-13">{guide.steps.map((step) => <li key={step}>{step}</li>)}</ol>
          </PageSection>
        )}
      </PageBody>
    </>
  )
}
