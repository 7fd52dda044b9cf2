import { useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { countReadable, previewReplay } from '~/domain/capture'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'
import { inMoments, namedIn, ReplayFilter } from './deliveries/log-filter'
import { PreviewList } from './deliveries/preview-list'
import { ReplayRun } from './deliveries/replay-run'

export const handle: PageHandle = { title: 'replay' }

export const loader = page({ permission: 'deliveries:replay', search: ReplayFilter }, async ({ ctx, search, viewer, request }) => {
  const { deliveryId, state, after: _after, ...range } = inMoments(search, viewer.org.timeZone)
  const deliveryIds = namedIn(deliveryId)
  const asked = [...new URL(request.url).searchParams].filter(([name, value]) => ['deliveryId', 'sourceId', 'state', 'since', 'until'].includes(name) && value !== '')
  const wanted = { ...range, state: state === '' ? null : state }
  const preview = await previewReplay(ctx, deliveryIds === undefined ? wanted : { deliveryIds: deliveryIds as never })
  const total = deliveryIds === undefined ? await countReadable(ctx, wanted) : preview.looked
  return { preview, total, asked, isAsked: asked.some(([name]) => name !== 'until') }
})

/** While a replay runs its preview stands: looking again after every page would cost as much as the replay. */
export const shouldRevalidate = ({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean => formAction !== '/deliveries/replays' && defaultShouldRevalidate

export default function ReplayPage() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { preview: { looked, counts, shown }, total, asked, isAsked } = useLoaderData<typeof loader>()
  const { unchanged, ...kinds } = counts
  const changed = looked - unchanged
  const n = (count: number) => format.number(count)
  const backHref = `/deliveries?${new URLSearchParams(asked.filter(([name]) => name !== 'deliveryId'))}`
  return (
    <>
      <PageHeader title={changed === 0 ? t('replay.titleNone', { count: looked, looked: n(looked) }) : t('replay.title', { count: looked, changed: n(changed), looked: n(looked) })} crumb={{ href: backHref, label: t('delivery.crumb') }} />
      <PageBody narrow>
        <p className="text-13 text-text-2">{t('replay.about')}{total > looked ? ` ${t('replay.part', { looked: n(looked), total: total > 10_000 ? `${n(10_000)}+` : n(total) })}` : ''}</p>
        {looked === 0 ? <EmptyState kind="filtered" title={t('log.replayNone')} clearHref="/deliveries" /> : (
          <>
            <dl className="my-5 flex flex-wrap gap-x-8 gap-y-3">
              {([...Object.entries(kinds), ['unchanged', unchanged]] as [keyof typeof counts, number][]).filter(([kind, count]) => count > 0 || kind === 'unchanged').map(([kind, count]) => (
                <div key={kind}><dt className="text-12 text-muted">{t(`replay.kind.${kind}`)}</dt><dd className="text-20 font-semibold tn">{n(count)}</dd></div>
              ))}
            </dl>
            {shown.length > 0 && <PreviewList shown={shown} />}
            {changed > shown.length && <p className="mt-2 text-12 text-muted">{t('replay.more', { n: n(changed - shown.length) })}</p>}
            {isAsked && <ReplayRun asked={asked} total={total} backHref={backHref} />}
          </>
        )}
      </PageBody>
    </>
  )
}
