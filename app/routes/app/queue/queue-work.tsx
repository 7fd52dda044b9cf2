import { useRevalidator } from '@remix-run/react'
import List from 'lucide-react/icons/list'
import Search from 'lucide-react/icons/search'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueTab } from '~/domain/leads/vocabulary'
import { openPalette } from '~/ui/keyboard/keyboard-layer'
import { PageHeader } from '~/ui/layout/page-header'
import { SplitView } from '~/ui/layout/split-view'
import { LeadTimeline } from '~/ui/leads/lead-timeline'
import type { Step } from '~/ui/leads/outcome-pad'
import type { QueueLead } from '~/ui/leads/types'
import { useLive } from '~/ui/live/use-live'
import { Button, IconButton } from '~/ui/primitives/button'
import { Meter } from '~/ui/primitives/meter'
import { Skeleton } from '~/ui/primitives/skeleton'
import { useFormat } from '~/ui/use-format'
import { EmptyQueue } from './empty-queue'
import { PhoneActions } from './phone-actions'
import { QueueCard, type CardAct } from './queue-card'
import { QueueList } from './queue-list'
import { Sender } from './sender'
import { useActs } from './use-acts'
import { useCards, type CardData } from './use-cards'
import { useQueueKeys } from './use-queue-keys'
import { useQueue, type Counts } from './use-queue'

export type QueueData = {
  tab: QueueTab; now: Date; queue: { rows: QueueLead[]; nextCursor: string | null }; counts: Counts; card: CardData | null
  returnsAt: Date | null; steps: Step[]; currency: string
}
// Needed at the first move, not for the first paint: fetched when the page is at rest.
const loadDialogs = () => import('./queue-dialogs')
const LazyDialogs = lazy(() => loadDialogs().then(({ QueueDialogs }) => ({ default: QueueDialogs })))
// What others do that may bring a lead here or take it away. What one does oneself is already on the page.
const NEWS = new Set(['lead.captured', 'lead.owner-changed', 'reset'])

/** The rep's day: the list as a thread, the lead that is next, and what has happened to it. */
export function QueueWork({ data }: { data: QueueData }) {
  const { t } = useTranslation('queue')
  const revalidator = useRevalidator()
  const { state, dispatch, move } = useQueue(data.queue.rows, data.counts, data.card?.detail.id ?? null)
  const [dialog, setDialog] = useState<CardAct | null>(null)
  const wantsDialogs = useDialogCode(dialog !== null)
  const [showsList, setShowsList] = useState(false)
  const index = state.rows.findIndex(({ id }) => id === state.currentId)
  const { cards, forget } = useCards(data.card, [state.currentId, state.rows[index + 1]?.id, state.rows[index + 2]?.id])
  const card = state.currentId === null ? undefined : cards[state.currentId]
  const acts = useActs({ dispatch, forget, steps: data.steps, cards })
  const choose = (id: string) => {
    dispatch({ type: 'chosen', id })
    setShowsList(false)
    window.history.replaceState(window.history.state, '', `?tab=${data.tab}&lead=${id}`)
  }
  useLive(({ kind }) => {
    if (NEWS.has(kind)) revalidator.revalidate()
  })
  useQueueKeys({ card: card?.detail, move, open: setDialog })
  const row = state.rows[index]
  return (
    <>
      <PageHeader title={useSentence(state.counts)}>
        <span className="max-lg:hidden"><DoneMeter counts={state.counts} /></span>
        <span className="max-lg:hidden"><Button icon={Search} shortcut="/" onPress={openPalette}>{t('search')}</Button></span>
        <span className="lg:hidden"><IconButton icon={List} label={t('showList')} variant="plain" aria-pressed={showsList} onPress={() => setShowsList(!showsList)} /></span>
      </PageHeader>
      <SplitView three className={showsList ? 'q q-shows-list' : 'q'}>
        <QueueList
          tab={data.tab} rows={state.rows} last={state.gone.at(-1)} currentId={state.currentId} counts={state.counts} now={data.now} problems={state.problems}
          nextHref={data.queue.nextCursor === null ? null : `?tab=${data.tab}&cursor=${data.queue.nextCursor}`} onChoose={choose}
        />
        {state.currentId === null ? (
          <EmptyQueue tab={data.tab} returnsAt={data.returnsAt} />
        ) : card === undefined ? (
          <CardSkeleton />
        ) : (
          <QueueCard
            key={card.detail.id} lead={card.detail} row={row} problem={state.problems[card.detail.id]} now={data.now} steps={data.steps}
            onOutcome={(outgoing) => acts.log(card.detail, outgoing)} onNote={(note) => acts.note(card.detail, note)} onAct={setDialog}
          />
        )}
        <aside className="q-time" aria-label={t('card')}>
          {card !== undefined && <LeadTimeline timeline={card.timeline} now={data.now} />}
        </aside>
      </SplitView>
      {card !== undefined && !showsList && <PhoneActions lead={card.detail} onSnooze={() => setDialog('snooze')} />}
      {card !== undefined && wantsDialogs && (
        <Suspense fallback={null}>
          <LazyDialogs lead={card.detail} act={dialog} close={() => setDialog(null)} steps={data.steps} currency={data.currency} now={data.now} acts={acts} />
        </Suspense>
      )}
      {acts.sending.map((sending) => <Sender key={sending.key} sending={sending} onSettled={acts.settled} />)}
    </>
  )
}

/** Whether dialogs are wanted: from the first one on. Their code comes while the page is at rest. */
function useDialogCode(isOpen: boolean): boolean {
  const [was, setWas] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => void loadDialogs(), 1_000)
    return () => clearTimeout(timer)
  }, [])
  if (isOpen && !was) setWas(true)
  return isOpen || was
}

function useSentence(counts: Counts): string {
  const { t } = useTranslation('queue')
  const format = useFormat()
  if (counts.now === 0) return t('titleEmpty')
  const overdue = counts.overdue > 0 ? t('titleOverdue', { formatted: format.number(counts.overdue) }) : ''
  const fresh = counts.fresh > 0 && counts.overdue === 0 ? t('titleFresh', { formatted: format.number(counts.fresh) }) : ''
  return `${t('title', { count: counts.now, formatted: format.number(counts.now) })}${overdue}${fresh}`
}

function DoneMeter({ counts }: { counts: Counts }) {
  const { t } = useTranslation('queue')
  const text = t('doneToday', { formatted: useFormat().number(counts.done) })
  return <Meter value={counts.done} max={Math.max(1, counts.done + counts.now)} label={text}>{text}</Meter>
}

function CardSkeleton() {
  return (
    <div className="q-card flex flex-col gap-4">
      <Skeleton width="60%" height={20} /><Skeleton width="40%" height={36} /><Skeleton height={20} /><Skeleton height={84} /><Skeleton height={36} />
    </div>
  )
}
