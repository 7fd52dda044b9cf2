import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Phone from 'lucide-react/icons/phone'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queueTabs, type QueueTab } from '~/domain/leads/vocabulary'
import { useLeadWords } from '~/ui/leads/lead-words'
import { CellMark } from '~/ui/leads/cell-mark'
import type { QueueLead } from '~/ui/leads/types'
import { Kbd } from '~/ui/primitives/kbd'
import { useFormat } from '~/ui/use-format'
import { useQueueWords } from './queue-words'
import type { Counts, Gone } from './use-queue'

type Props = {
  tab: QueueTab; of: string | null; me: string; rows: readonly QueueLead[]; last: Gone | undefined; currentId: string | null; counts: Counts; now: Date
  problems: Record<string, string>; more: { href: string; load: () => void } | null; onChoose: (id: string) => void
}

/** The thread: who is next, why, and for how long they have waited. */
export function QueueList({ tab, of, me, rows, last, currentId, counts, now, problems, more, onChoose }: Props) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const whose = of === null ? '' : `&of=${of}`
  return (
    <section className="q-list" aria-label={t('list')}>
      <nav className="q-bar" aria-label={t('list')}>
        {queueTabs.map((each) => (
          <Link key={each} to={`?tab=${each}${whose}`} aria-current={each === tab ? 'page' : undefined}>
            {t(each)} <span className="tn">{format.number(counts[each])}</span>
          </Link>
        ))}
        <span className="ml-auto q-unit">{tab === 'now' && t('unit')}</span>
      </nav>
      <ol className="q-rows">
        {last !== undefined && tab === 'now' && <DoneRow gone={last} />}
        {rows.map((row) => (
          <Row key={row.id} row={row} isCurrent={row.id === currentId} now={now} problem={problems[row.id]} href={`?tab=${tab}${whose}&lead=${row.id}`} me={me} onChoose={onChoose} />
        ))}
        {more !== null && <More key={rows.length} {...more} />}
      </ol>
      <p className="q-foot">
        <Kbd keys="J" /><Kbd keys="K" /> {t('keys.move')} <Kbd keys="Enter" className="ml-2" /> {t('keys.open')}
        <span className="ml-auto"><Kbd keys="?" /> {t('keys.all')}</span>
      </p>
    </section>
  )
}

/** More rows come while one scrolls there; without a script it is a link. */
function More({ href, load }: { href: string; load: () => void }) {
  const { t } = useTranslation('queue')
  const box = useRef<HTMLLIElement>(null)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    if (box.current === null) return undefined
    const seen = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current() }, { rootMargin: '600px' })
    seen.observe(box.current)
    return () => seen.disconnect()
  }, [])
  return <li ref={box} className="q-more"><Link className="lnk" to={href}>{t('loadMore')}</Link></li>
}

function DoneRow({ gone: { row, outcome } }: { gone: Gone }) {
  const words = useLeadWords()
  return (
    <li className="q-row q-done">
      <span className="q-knot" />
      <p className="q-l1"><b>{words.name(row)}</b><span>{row.company?.name}</span></p>
      <span className="q-clock">{outcome}</span>
    </li>
  )
}

type RowProps = { row: QueueLead; isCurrent: boolean; now: Date; problem: string | undefined; href: string; me: string; onChoose: (id: string) => void }

// Of thousands of rows only the two that change are drawn anew when one moves on.
const Row = memo(function Row({ row, isCurrent, now, problem, href, me, onChoose }: RowProps) {
  const words = useLeadWords()
  const queue = useQueueWords(now)
  const { t } = useTranslation('queue')
  const box = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const isCalled = row.calling !== null && row.calling.id !== me
  return (
    <li ref={box} className={clsx('q-row', isCurrent && 'q-now')} aria-current={isCurrent ? 'true' : undefined}>
      <span className="q-knot" />
      <div className="min-w-0">
        <p className="q-l1">
          <Link
            to={href} preventScrollReset replace className="q-link"
            onClick={(event) => { if (event.metaKey || event.ctrlKey || event.shiftKey) return; event.preventDefault(); onChoose(row.id) }}
          >
            {words.name(row)}
          </Link>
          <span>{(row.person?.name ?? '').trim() === '' ? '' : row.company?.name}</span>
        </p>
        <p className="q-l2">
          {row.cell !== null && <CellMark cell={row.cell} byHand={row.cellByHand} bare />}
          {problem !== undefined && <span className="chip chip-breach"><CircleAlert className="i-s" aria-hidden="true" /><span>{problem}</span></span>}
          {problem === undefined && isCalled && <span className="chip"><Phone className="i-s" aria-hidden="true" /><span>{t('isCalling', { name: row.calling?.name ?? '' })}</span></span>}
          {problem === undefined && !isCalled && <span className="chip"><span>{queue.chip(row)}</span></span>}
        </p>
      </div>
      <Waiting row={row} now={now} />
    </li>
  )
})

/** How late a promise is, how long nobody has answered, or when it comes back; below it what an hour costs. */
function Waiting({ row, now }: { row: QueueLead; now: Date }) {
  const queue = useQueueWords(now)
  const { text, tone, icon } = queue.clock(row)
  const Icon = icon === 'clock' ? Clock : CalendarDays
  return (
    <span className="q-cost">
      <span className={clsx('q-clock', tone !== '' && `q-${tone}`)}><Icon className="i-s" aria-hidden="true" />{text}</span>
      {row.lost !== null && row.reason !== 'done' && row.reason !== 'later' && <span className="q-lost">{queue.lost(row.lost)}</span>}
    </span>
  )
}
