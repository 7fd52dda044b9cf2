import { Link, useFetcher, useRevalidator } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Reconciliation, ReconciliationDetail } from '~/domain/capture'
import { PageSection } from '~/ui/layout/page-header'
import { useLive } from '~/ui/live/use-live'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useRemoteProblem } from '~/ui/sources/alarm-why'
import { useFormat } from '~/ui/use-format'
import type { Health } from './health-of'

type List = NonNullable<Health['list']>
type Answered<T> = { done?: T; refusal?: unknown }

/** What the platform's own list says: how far it was read, and whether both sides have the same leads. */
export function PlatformList({ sourceId, list: { pull, last, earlier }, mayAsk, now }: { sourceId: string; list: List; mayAsk: boolean; now: Date }) {
  const { t } = useTranslation('sources')
  const comparing = useFetcher<Answered<unknown>>()
  const { revalidate } = useRevalidator()
  useLive(({ kind }) => {
    if (kind === 'reset' || kind === 'source.reconciled') void revalidate()
  })
  const isGoing = last?.state === 'waiting' || last?.state === 'running'
  return (
    <>
      {(pull.isPulled || pull.triedAt !== null) && <Pull sourceId={sourceId} pull={pull} mayAsk={mayAsk} now={now} />}
      <PageSection title={t('health.compared')}>
        {last === null ? <p className="text-13 text-muted">{t(pull.canCompare || pull.isPulled ? 'health.neverCompared' : 'health.noKeys')}</p> : <Comparison found={last} />}
        {earlier.length > 0 && <Earlier earlier={earlier} />}
        {mayAsk && (pull.canCompare || pull.isPulled) && (
          <comparing.Form method="post" action={`/sources/${sourceId}/reconciliations`} className="mt-3 flex flex-wrap items-center gap-3">
            <Button type="submit" isPending={comparing.state !== 'idle'} isDisabled={isGoing}>{t('health.run')}</Button>
            <span role="status" className="text-13 text-muted">{comparing.data?.refusal === undefined ? '' : t('health.refused')}</span>
          </comparing.Form>
        )}
      </PageSection>
    </>
  )
}

function Pull({ sourceId, pull, mayAsk, now }: { sourceId: string; pull: List['pull']; mayAsk: boolean; now: Date }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const say = useRemoteProblem()
  const pulling = useFetcher<Answered<{ state: string; seen: number; stored: number; problem: string | null }>>()
  const done = pulling.data?.done
  const said = done === undefined ? (pulling.data?.refusal === undefined ? '' : t('health.refused'))
    : done.state === 'not-due' ? t('health.pullBusy')
    : done.problem !== null ? say(done.problem)
    : t('health.pulled', { seen: format.number(done.seen), stored: format.number(done.stored) })
  return (
    <PageSection title={t('health.pull')}>
      <p className="text-13">
        {pull.triedAt === null ? t('health.neverPulled') : t('health.pulledAt', { when: format.relative(pull.triedAt, now), seen: format.number(pull.seen), stored: format.number(pull.stored) })}
        {!pull.isPulled && ` ${t('health.notPulled')}`}
      </p>
      {pull.problem !== null && (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-13">
          <Chip tone="breach">{t('health.fetching')}</Chip>
          <span>{t('health.pullProblem', { when: format.date(pull.problemSince ?? now, 'moment'), problem: say(pull.problem) })}</span>
          {pull.detail !== null && <code className="text-12 text-muted">{pull.detail}</code>}
        </p>
      )}
      {mayAsk && (
        <pulling.Form method="post" action={`/sources/${sourceId}/pulls`} className="mt-3 flex flex-wrap items-center gap-3">
          <Button type="submit" isPending={pulling.state !== 'idle'}>{t('health.pullNow')}</Button>
          <span role="status" className="text-13 text-muted">{said}</span>
        </pulling.Form>
      )}
    </PageSection>
  )
}

function Verdict({ found: { state, platform, ours, missing, unknown } }: { found: Reconciliation }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  if (state === 'waiting' || state === 'running') return <Chip>{t('health.comparing')}</Chip>
  if (state === 'failed') return <Chip tone="breach">{t('health.compareFailed')}</Chip>
  return <Chip tone={missing + unknown === 0 ? 'won' : 'warn'}>{t('health.counts', { theirs: format.number(platform), ours: format.number(ours) })}</Chip>
}

function Comparison({ found }: { found: ReconciliationDetail }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const say = useRemoteProblem()
  const { since, until, problem, detail, fetched, differences } = found
  const all = found.missing + found.unknown
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
        <Verdict found={found} />
        <span className="text-muted">{format.date(since, 'moment')} – {format.date(until, 'moment')}</span>
        {fetched > 0 && <span>{t('health.fetched', { count: fetched, n: format.number(fetched) })}</span>}
      </p>
      {problem !== null && <p className="mt-2 text-13 text-text-2">{say(problem)}{detail !== null && <code className="ml-2 text-12 text-muted">{detail}</code>}</p>}
      {all > 0 && (
        <details className="mt-2 text-13" open={differences.length <= 10}>
          <summary className="min-h-6 cursor-pointer">{t('health.differences', { count: all, n: format.number(all) })}</summary>
          <ul className="mt-2">
            {differences.map(({ kind, externalId, at, deliveryId, leadId }) => (
              <li key={`${kind} ${externalId}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0">
                <code className="min-w-0 break-all text-12">{externalId}</code>
                <span>{t(`health.${kind}`)}</span>
                {at !== null && <span className="text-muted tn">{format.date(at, 'moment')}</span>}
                {deliveryId !== null && <Link to={`/deliveries/${deliveryId}`} className="lnk">{t('health.seeDelivery')}</Link>}
                {leadId !== null && <Link to={`/leads/${leadId}`} className="lnk">{t('health.seeLead')}</Link>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Earlier({ earlier }: { earlier: readonly Reconciliation[] }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return (
    <details className="mt-2 text-13">
      <summary className="min-h-6 cursor-pointer">{t('health.earlier')}</summary>
      <ul className="mt-2 flex flex-col gap-2">{earlier.map((each) => <li key={each.id} className="flex flex-wrap items-center gap-3"><span className="text-muted tn">{format.date(each.startedAt, 'moment')}</span><Verdict found={each} /></li>)}</ul>
    </details>
  )
}
