import { Link, useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { fetchStates } from '~/domain/capture/vocabulary'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { useRemoteProblem } from '~/ui/sources/alarm-why'
import { useFormat } from '~/ui/use-format'
import type { Health } from './health-of'

const open = fetchStates.filter((state) => state !== 'done')

/** Leads that the platform only named: how many are not here yet, why, and which. */
export function FetchBacklog({ sourceId, backlog: { of, rows, isMore }, mayRetry, now }: { sourceId: string; backlog: NonNullable<Health['backlog']>; mayRetry: boolean; now: Date }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const say = useRemoteProblem()
  const retrying = useFetcher<{ done?: { retried: number }; refusal?: unknown }>()
  const left = open.reduce((sum, state) => sum + of.counts[state], 0)
  const said = retrying.data?.done
  if (left === 0) return <PageSection title={t('health.backlog')}><p className="text-13 text-muted">{t('health.allFetched', { count: of.counts.done, n: format.number(of.counts.done) })}</p></PageSection>
  return (
    <PageSection title={t('health.backlog')} aside={of.oldest === null ? undefined : t('health.oldest', { when: format.date(of.oldest, 'moment') })}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {open.map((state) => <div key={state}><dt className="text-12 text-muted">{t(`health.state.${state}`)}</dt><dd className="text-20 tn">{format.number(of.counts[state])}</dd></div>)}
      </dl>
      {of.problem !== null && <p className="mt-2 text-13 text-text-2">{say(of.problem)}{of.detail !== null && <code className="ml-2 text-12 text-muted">{of.detail}</code>}</p>}
      <details className="mt-3 text-13">
        <summary className="min-h-6 cursor-pointer">{t('health.rows', { count: left, n: format.number(left) })}</summary>
        <ul className="mt-2">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0">
              <code className="min-w-0 break-all text-12">{row.externalId}</code>
              <span>{t(`health.state.${row.state === 'done' ? 'waiting' : row.state}`)}</span>
              {row.problem !== null && <span className="min-w-0 flex-1 text-muted">{say(row.problem)}</span>}
              <span className="text-12 text-muted tn">
                {t('health.tries', { count: row.attempts, n: format.number(row.attempts) })}{row.nextAt !== null && ` · ${t('health.next', { when: format.relative(row.nextAt, now) })}`}
              </span>
              {row.answerId !== null && <Link to={`/deliveries/${row.answerId}`} className="lnk">{t('health.seeDelivery')}</Link>}
            </li>
          ))}
        </ul>
        {isMore && <p className="mt-2 text-12 text-muted">{t('health.more', { n: format.number(rows.length) })}</p>}
      </details>
      {mayRetry && (
        <retrying.Form method="post" action={`/sources/${sourceId}/retries`} className="mt-3 flex flex-wrap items-center gap-3">
          <Button type="submit" isPending={retrying.state !== 'idle'}>{t('health.retry')}</Button>
          <span role="status" className="text-13 text-muted">{said !== undefined ? t('health.retried', { count: said.retried, n: format.number(said.retried) }) : retrying.data?.refusal !== undefined ? t('health.refused') : ''}</span>
        </retrying.Form>
      )}
    </PageSection>
  )
}
