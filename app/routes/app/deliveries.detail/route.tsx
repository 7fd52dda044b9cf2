import { Link, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { deliveryDetail } from '~/domain/capture'
import { can } from '~/domain/kernel'
import { page } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'
import { useFormat } from '~/ui/use-format'
import { DeliveryContent } from './delivery-content'
import { VerdictHistory } from './verdict-history'

export const handle: PageHandle = { title: 'delivery' }

export const loader = page({ permission: 'deliveries:read' }, async ({ ctx, params }) => ({
  delivery: await deliveryDetail(ctx, { deliveryId: params['deliveryId'] as never }),
  mayReplay: can(ctx.actor, 'deliveries:replay'), mayOpenSource: can(ctx.actor, 'sources:read'),
}))

export default function DeliveryPage() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { delivery, mayReplay, mayOpenSource } = useLoaderData<typeof loader>()
  const last = delivery.history.at(-1)
  const readable = delivery.state !== 'rejected' && delivery.state !== 'duplicate'
  const title = t('delivery.title', { verdict: t(`verdict.${delivery.state}`), when: format.date(delivery.receivedAt, 'moment'), source: delivery.source.name })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/deliveries', label: t('delivery.crumb') }}>
        {mayReplay && readable && <LinkButton to={`/deliveries/replay?deliveryId=${delivery.id}`} prefetch="none">{t('delivery.replay')}</LinkButton>}
        {last?.leadId != null && <LinkButton to={`/leads/${last.leadId}`} variant="next">{t('delivery.lead')}</LinkButton>}
      </PageHeader>
      <PageBody narrow>
        <PageSection title={t('delivery.history')}><VerdictHistory delivery={delivery} /></PageSection>
        <PageSection title={t('delivery.facts')}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-2 text-13">
            <dt className="text-muted">{t('delivery.source')}</dt>
            <dd>{mayOpenSource ? <Link to={`/sources/${delivery.source.id}`} className="lnk">{delivery.source.name}</Link> : delivery.source.name}</dd>
            <dt className="text-muted">{t('delivery.receipt')}</dt>
            <dd className="flex items-center gap-1"><code className="min-w-0 break-all text-12">{delivery.receipt}</code><CopyButton value={delivery.receipt} /></dd>
            <dt className="text-muted">{t('log.way')}</dt>
            <dd>{t(`way.${delivery.way}`)}</dd>
            <dt className="text-muted">{t('delivery.request')}</dt>
            <dd className="flex items-center gap-1"><code className="min-w-0 break-all text-12">{delivery.requestId ?? '—'}</code>{delivery.requestId !== null && <CopyButton value={delivery.requestId} />}</dd>
            <dt className="text-muted">{t('delivery.hash')}</dt>
            <dd><code className="break-all text-12">{delivery.sha256}</code></dd>
          </dl>
        </PageSection>
        <DeliveryContent maySee={delivery.maySeeContent} content={delivery.content} />
      </PageBody>
    </>
  )
}
