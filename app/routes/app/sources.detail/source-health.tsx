import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

/** Leads the platform named and we still have to ask for. `retryHref` takes a POST. */
export type FetchBacklog = { waiting: number; notPermitted: number; failed: number; problem: string | null; retryHref: string | null }
/** The platform's own list of a period beside ours. `runHref` takes a POST. */
export type Reconciliation = { at: Date; since: Date; until: Date; theirs: number; ours: number; missing: readonly string[]; runHref: string | null }
export type Alarm = { kind: 'silent' | 'shape'; since: Date; deliveryId: string | null }
export type Health = { backlog: FetchBacklog | null; reconciliation: Reconciliation | null; alarms: readonly Alarm[] }

/** What may be wrong with a source: alarms first, then what is still to be fetched, then the comparison of the night. */
export function SourceHealth({ health: { alarms, backlog, reconciliation } }: { health: Health }) {
  return (
    <>
      {alarms.length > 0 && <Alarms alarms={alarms} />}
      {backlog !== null && <Backlog backlog={backlog} />}
      {reconciliation !== null && <Comparison found={reconciliation} />}
    </>
  )
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return (
    <PageSection title={t('health.alarms')}>
      <ul className="flex flex-col gap-2 text-13">
        {alarms.map(({ kind, since, deliveryId }) => (
          <li key={`${kind} ${since.getTime()}`} className="flex flex-wrap items-center gap-2">
            <Chip tone="warn">{t(`health.${kind}`)}</Chip>
            <span>{t(`health.${kind}Since`, { when: format.date(since, 'moment') })}</span>
            {deliveryId !== null && <Link to={`/deliveries/${deliveryId}`} className="lnk">{t('made.see')}</Link>}
          </li>
        ))}
      </ul>
    </PageSection>
  )
}

function Backlog({ backlog: { waiting, notPermitted, failed, problem, retryHref } }: { backlog: FetchBacklog }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const counts = [[t('health.waiting'), waiting], [t('health.notPermitted'), notPermitted], [t('health.failed'), failed]] as const
  return (
    <PageSection title={t('health.backlog')}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {counts.map(([name, count]) => <div key={name}><dt className="text-12 text-muted">{name}</dt><dd className="text-20 tn">{format.number(count)}</dd></div>)}
      </dl>
      {problem !== null && <p className="mt-2 text-13 text-text-2">{problem}</p>}
      {retryHref !== null && notPermitted + failed > 0 && <form method="post" action={retryHref} className="mt-3"><Button type="submit">{t('health.retry')}</Button></form>}
    </PageSection>
  )
}

function Comparison({ found: { at, since, until, theirs, ours, missing, runHref } }: { found: Reconciliation }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return (
    <PageSection title={t('health.compared')} aside={format.date(at, 'moment')}>
      <p className="flex flex-wrap items-center gap-2 text-13">
        <Chip tone={theirs === ours && missing.length === 0 ? 'won' : 'warn'}>{t('health.counts', { theirs: format.number(theirs), ours: format.number(ours) })}</Chip>
        <span className="text-muted">{format.date(since, 'moment')} – {format.date(until, 'moment')}</span>
      </p>
      {missing.length > 0 && <details className="mt-2 text-13"><summary>{t('health.missing', { count: missing.length, n: format.number(missing.length) })}</summary><code className="mt-1 block break-all text-12 text-muted">{missing.slice(0, 200).join(', ')}</code></details>}
      {runHref !== null && <form method="post" action={runHref} className="mt-3"><Button type="submit">{t('health.run')}</Button></form>}
    </PageSection>
  )
}
