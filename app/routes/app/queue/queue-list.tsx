import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import CalendarDays from 'lucide-react/icons/calendar-days'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queueTabs, type QueueTab } from '~/domain/leads/vocabulary'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { QueueLead } from '~/ui/leads/types'
import { Kbd } from '~/ui/primitives/kbd'
import { useFormat } from '~/ui/use-format'
import type { Counts, Gone } from './use-queue'

type Props = {
  tab: QueueTab; rows: readonly QueueLead[]; last: Gone | undefined; currentId: string | null; counts: Counts; now: Date
  problems: Record<string, string>; nextHref: string | null; onChoose: (id: string) => void
}

/** The thread: who is next, why, and for how long they have waited. */
export function QueueList({ tab, rows, last, currentId, counts, now, problems, nextHref, onChoose }: Props) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  return (
    <section className="q-list" aria-label={t('list')}>
      <nav className="q-bar" aria-label={t('list')}>
        {queueTabs.map((each) => (
          <Link key={each} to={`?tab=${each}`} aria-current={each === tab ? 'page' : undefined}>
            {t(each)} <span className="tn">{format.number(counts[each])}</span>
          </Link>
        ))}
      </nav>
      <ol className="q-rows">
        {last !== undefined && tab === 'now' && <DoneRow gone={last} />}
        {rows.map((row) => (
          <Row key={row.id} row={row} isCurrent={row.id === currentId} now={now} problem={problems[row.id]} tab={tab} onChoose={onChoose} />
        ))}
        {nextHref !== null && <li className="q-more"><Link className="lnk" to={nextHref}>{t('loadMore')}</Link></li>}
      </ol>
      <p className="q-foot">
        <Kbd keys="J" /><Kbd keys="K" /> {t('keys.move')} <Kbd keys="Enter" className="ml-2" /> {t('keys.open')}
        <span className="ml-auto"><Kbd keys="?" /> {t('keys.all')}</span>
      </p>
    </section>
  )
}

function DoneRow({ gone: { row, outcome } }: { gone: Gone }) {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  return (
    <li className="q-row q-done">
      <span className="q-knot" />
      <p className="q-l1"><b>{words.name(row)}</b><span>{row.company?.name}</span></p>
      <span className="q-clock">{outcome === null ? '' : t(`outcome.${outcome}`)}</span>
    </li>
  )
}

type RowProps = { row: QueueLead; isCurrent: boolean; now: Date; problem: string | undefined; tab: QueueTab; onChoose: (id: string) => void }

function Row({ row, isCurrent, now, problem, tab, onChoose }: RowProps) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const box = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const why = row.reason === 'done' && row.outcome !== null ? leads(`outcome.${row.outcome}`) : t(`reason.${row.reason}`)
  return (
    <li ref={box} className={clsx('q-row', isCurrent && 'q-now')} aria-current={isCurrent ? 'true' : undefined}>
      <span className="q-knot" />
      <div className="min-w-0">
        <p className="q-l1">
          <Link
            to={`?tab=${tab}&lead=${row.id}`} preventScrollReset replace className="q-link"
            onClick={(event) => { if (event.metaKey || event.ctrlKey || event.shiftKey) return; event.preventDefault(); onChoose(row.id) }}
          >
            {words.name(row)}
          </Link>
          <span>{row.person === null ? '' : row.company?.name}</span>
        </p>
        <p className="q-l2">
          {problem === undefined ? <span className="chip"><span>{why}</span></span> : <span className="chip chip-breach"><CircleAlert className="i-s" aria-hidden="true" /><span>{problem}</span></span>}
          {row.channel !== null && <span className="q-via">{row.channel.name}</span>}
        </p>
      </div>
      <Waiting row={row} now={now} />
    </li>
  )
}

/** How late a callback is, how long nobody has answered, or when it comes back. */
function Waiting({ row, now }: { row: QueueLead; now: Date }) {
  const format = useFormat()
  const seconds = (at: Date) => (now.getTime() - at.getTime()) / 1000
  if (row.reason === 'callback' && row.nextStepAt !== null) return <Clocked tone="breach" icon="clock">{format.duration(seconds(row.nextStepAt))}</Clocked>
  if (row.reason === 'fresh') return <Clocked tone={seconds(row.cameInAt) > 3_600 ? 'warn' : ''} icon="clock">{format.duration(seconds(row.cameInAt))}</Clocked>
  const until = row.snoozedUntil ?? row.nextStepAt
  if (row.reason === 'later' && until !== null) return <Clocked tone="" icon="day">{format.date(until, seconds(until) > -86_400 ? 'time' : 'day')}</Clocked>
  return <Clocked tone="" icon="day">{format.date(row.lastContactAt ?? row.cameInAt, 'day')}</Clocked>
}

function Clocked({ tone, icon, children }: { tone: '' | 'warn' | 'breach'; icon: 'clock' | 'day'; children: string }) {
  const Icon = icon === 'clock' ? Clock : CalendarDays
  return (
    <span className={clsx('q-clock', tone !== '' && `q-${tone}`)}>
      <Icon className="i-s" aria-hidden="true" />
      {children}
    </span>
  )
}
