import { useFetcher, useRevalidator } from '@remix-run/react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueTab } from '~/domain/leads/vocabulary'
import { SplitView } from '~/ui/layout/split-view'
import { LeadTimeline } from '~/ui/leads/lead-timeline'
import type { OutcomeChoiceView, QueueLead } from '~/ui/leads/types'
import { useLive } from '~/ui/live/use-live'
import { Skeleton } from '~/ui/primitives/skeleton'
import { EmptyQueue } from './empty-queue'
import { PhoneActions } from './phone-actions'
import { QueueCard, type CardAct } from './queue-card'
import { QueueHeader, type Owner } from './queue-header'
import { QueueList } from './queue-list'
import { Sender } from './sender'
import type { May } from './assign-dialog'
import { useActs } from './use-acts'
import { useCall } from './use-call'
import { useCards, type CardData } from './use-cards'
import { useQueueKeys } from './use-queue-keys'
import { useStable } from './use-stable'
import { useQueue, type Counts } from './use-queue'

export type QueueData = {
  tab: QueueTab; now: Date; queue: { rows: QueueLead[]; nextCursor: string | null }; counts: Counts; card: CardData | null
  returnsAt: Date | null; currency: string; me: string; of: Owner | null; owners: Owner[]; outcomes: OutcomeChoiceView[]; may: May
}
// Not needed to read the queue: fetched with the first key or touch, a moment before a move can want them.
const loadDialogs = () => import('./queue-dialogs')
const LazyDialogs = lazy(() => loadDialogs().then(({ QueueDialogs }) => ({ default: QueueDialogs })))
// What others do that may bring a lead here or take it away. What one does oneself is already on the page.
const NEWS = new Set(['lead.captured', 'lead.owner-changed', 'lead.call-started', 'lead.call-ended', 'reset'])

// Whoever looks into another's queue has none of that on the page.
const LOOKED = new Set(['lead.contact-logged', 'lead.changed'])

/** The rep's day: the list as a thread, the lead that is next, and what has happened to it. */
export function QueueWork({ data }: { data: QueueData }) {
  const { tab, of, now, me } = data
  const revalidator = useRevalidator()
  const { state, dispatch, move } = useQueue(data.queue.rows, data.counts, data.card?.detail.id ?? null, data.queue.nextCursor === null)
  const more = useMoreRows(data, (rows) => dispatch({ type: 'more', rows }))
  const gate = useCall()
  const [dialog, setDialog] = useState<CardAct | null>(null)
  const wantsDialogs = useDialogCode(dialog !== null)
  const [showsList, setShowsList] = useState(false)
  const index = state.rows.findIndex(({ id }) => id === state.currentId)
  const { cards, forget } = useCards(data.card, [state.currentId, state.rows[index + 1]?.id, state.rows[index + 2]?.id])
  const card = state.currentId === null ? undefined : cards[state.currentId]
  const mayMove = card !== undefined && (data.may.assign || (data.may.claim && card.detail.owner?.id === me))
  const acts = useActs({ dispatch, forget, onSaid: () => gate.end(false), called: gate.call?.leadId ?? null })
  const whose = of === null ? '' : `&of=${of.id}`
  const choose = useStable((id: string) => gate.guarded(state.currentId, () => {
    dispatch({ type: 'chosen', id })
    setShowsList(false)
    window.history.replaceState(window.history.state, '', `?tab=${tab}${whose}&lead=${id}`)
  }))
  useLinesFreed(state.rows, now, me, () => revalidator.revalidate())
  useLive(({ kind, id }) => {
    // Publishing a card scores everybody: only what stands here is news.
    const isScored = kind === 'lead.scored' && state.rows.some((row) => row.id === id)
    if (isScored && id !== null) forget(id)
    if (isScored || NEWS.has(kind) || (of !== null && LOOKED.has(kind))) revalidator.revalidate()
  })
  useQueueKeys({ card: card?.detail, mayMove, move: (by) => gate.guarded(state.currentId, () => move(by)), open: (act) => gate.guarded(act === 'snooze' ? state.currentId : null, () => setDialog(act)) })
  const call = () => {
    if (state.currentId === null) return
    gate.begin(state.currentId)
    acts.called(state.currentId)
  }
  return (
    <>
      <QueueHeader counts={state.counts} of={of} owners={data.owners} tab={tab} showsList={showsList} onList={() => setShowsList(!showsList)} />
      <SplitView three className={showsList ? 'q q-shows-list' : 'q'}>
        <QueueList
          tab={tab} of={of?.id ?? null} me={me} rows={state.rows} last={state.gone.at(-1)} currentId={state.currentId} counts={state.counts} now={now} problems={state.problems}
          more={more} onChoose={choose}
        />
        {state.currentId === null ? (
          <EmptyQueue tab={tab} returnsAt={data.returnsAt} />
        ) : card === undefined ? (
          <CardSkeleton />
        ) : (
          <QueueCard
            key={card.detail.id} card={card} outcomes={data.outcomes} row={state.rows[index]} mayMove={mayMove} problem={state.problems[card.detail.id]} now={now} me={me} gate={gate} onCall={call}
            onOutcome={(outgoing) => acts.log(card.detail, outgoing)} onNote={(note) => acts.note(card.detail, note)} onAct={setDialog}
          />
        )}
        <Timeline card={card} now={now} me={me} onUndo={acts.undoEntry} />
      </SplitView>
      {card !== undefined && !showsList && <PhoneActions lead={card.detail} onCall={call} onSnooze={() => setDialog('snooze')} onMail={() => setDialog('mail')} />}
      {card !== undefined && wantsDialogs && (
        <Suspense fallback={null}>
          <LazyDialogs lead={card.detail} act={dialog} open={setDialog} close={() => setDialog(null)} steps={card.steps} currency={data.currency} now={now} acts={acts} moving={{ me, may: data.may, owners: data.owners }} />
        </Suspense>
      )}
      {acts.sending.map((sending) => <Sender key={sending.key} sending={sending} onSettled={acts.settled} />)}
    </>
  )
}

/** A mark of a call that nobody takes off runs out by itself: the list is asked again at that moment. */
function useLinesFreed(rows: readonly QueueLead[], now: Date, me: string, ask: () => void): void {
  const next = rows.reduce<number | null>((first, { calling }) => (calling === null || calling.id === me ? first : Math.min(first ?? Infinity, calling.until.getTime())), null)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (next === null) return undefined
    const timer = setTimeout(() => latest.current(), Math.max(1_000, next - now.getTime() + 500))
    return () => clearTimeout(timer)
  }, [next, now])
}

const UNDO_MS = 24 * 3_600_000
type TimelineProps = { card: CardData | undefined; now: Date; me: string; onUndo: (lead: CardData['detail'], entry: { kind: 'activity' | 'move'; id: string }) => void }

/** What has happened; one's own contacts and moves of a day can be taken back here. */
function Timeline({ card, now, me, onUndo }: TimelineProps) {
  const { t } = useTranslation('queue')
  return (
    <aside className="q-time" aria-label={t('card')}>
      {card !== undefined && (
        <LeadTimeline
          timeline={card.timeline} now={now}
          undo={(entry) => ((entry.kind === 'activity' || (entry.kind === 'move' && entry.undoes === null && entry.from !== null)) && entry.actorId === me && now.getTime() - entry.at.getTime() < UNDO_MS
            ? () => onUndo(card.detail, { kind: entry.kind, id: entry.id }) : null)}
        />
      )}
    </aside>
  )
}

/** Rows below the first page, asked for while one scrolls. */
function useMoreRows({ tab, of, queue }: QueueData, add: (rows: QueueLead[]) => void) {
  const fetcher = useFetcher<{ rows: QueueLead[]; nextCursor: string | null }>()
  const [cursor, setCursor] = useState(queue.nextCursor)
  const scrolled = useRef(false)
  const { data } = fetcher
  const latest = useRef(add)
  latest.current = add
  useEffect(() => { if (!scrolled.current) setCursor(queue.nextCursor) }, [queue.nextCursor])
  useEffect(() => {
    if (data === undefined) return
    scrolled.current = true
    latest.current(data.rows)
    setCursor(data.nextCursor)
  }, [data])
  if (cursor === null) return null
  const search = new URLSearchParams({ tab, cursor, ...(of === null ? {} : { of: of.id }) }).toString()
  return { href: `?${search}`, load: () => { if (fetcher.state === 'idle') fetcher.load(`/queue/rows?${search}`) } }
}

/** Whether dialogs are wanted: from the first one on. Their code comes with the first key or touch. */
function useDialogCode(isOpen: boolean): boolean {
  const [was, setWas] = useState(false)
  useEffect(() => {
    const moves = ['keydown', 'pointerdown', 'focusin'] as const
    const load = () => { leave(); void loadDialogs() }
    const leave = () => { for (const move of moves) window.removeEventListener(move, load, true) }
    for (const move of moves) window.addEventListener(move, load, { capture: true })
    return leave
  }, [])
  if (isOpen && !was) setWas(true)
  return isOpen || was
}

function CardSkeleton() {
  return (
    <div className="q-card flex flex-col gap-4">
      <Skeleton width="60%" height={20} /><Skeleton width="40%" height={36} /><Skeleton height={20} /><Skeleton height={84} /><Skeleton height={36} />
    </div>
  )
}
