import { Link, useFetcher, useSearchParams } from '@remix-run/react'
import X from 'lucide-react/icons/x'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { CellMark } from '~/ui/leads/cell-mark'
import { LeadTimeline } from '~/ui/leads/lead-timeline'
import { useLeadWords } from '~/ui/leads/lead-words'
import { StageChip } from '~/ui/leads/stage-chip'
import type { LeadView, TimelineView } from '~/ui/leads/types'
import { LinkButton } from '~/ui/primitives/button'
import { Money, Moment } from '~/ui/primitives/numbers'
import { Skeleton } from '~/ui/primitives/skeleton'
import { listHref } from './list-address'

type Card = { detail: LeadView & { people: { id: string; name: string; title: string | null }[] }; timeline: TimelineView } | null

/** One lead beside the list, `?peek=lead_…`. No numbers stand here; its page shows them to whom they are for. */
export function PeekPanel({ now }: { now: Date }) {
  const [search] = useSearchParams()
  const peek = search.get('peek')
  return peek === null || !/^lead_[0-9a-z]{26}$/.test(peek) ? null : <Panel lead={peek} now={now} />
}

function Panel({ lead, now }: { lead: string; now: Date }) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const { t: common } = useTranslation()
  const [search] = useSearchParams()
  const words = useLeadWords()
  const fetcher = useFetcher<Card>()
  const { load } = fetcher
  useEffect(() => { load(`/queue/card?lead=${lead}`) }, [lead, load])
  const card = fetcher.data
  const isHere = card !== null && card !== undefined && card.detail.id === lead
  return (
    <aside className="ll-peek" aria-label={t('peek')} aria-busy={!isHere}>
      <header className="modal-head">
        <h2>{isHere ? words.name(card.detail) : t('peek')}</h2>
        <LinkButton size="s" to={`/leads/${lead}`}>{common('action.open')}</LinkButton>
        <Link to={listHref(search, { cursor: search.get('cursor') })} preventScrollReset replace className="btn btn-quiet btn-icon btn-s" aria-label={common('action.close')}><X className="i" aria-hidden="true" /></Link>
      </header>
      {card === null && <p className="modal-body text-13">{leads('refusal.not-found')}</p>}
      {!isHere && card !== null && <div className="modal-body"><Skeleton /></div>}
      {isHere && (
        <div className="modal-body">
          <p className="ll-links"><StageChip lead={card.detail} />{card.detail.cell !== null && <CellMark cell={card.detail.cell} byHand={card.detail.cellByHand} />}{card.detail.company !== null && <span className="text-13">{card.detail.company.name}</span>}</p>
          <dl className="ld-facts">
            <div><dt>{leads('detail.owner')}</dt><dd>{card.detail.owner?.name ?? leads('list.nobody')}</dd></div>
            <div><dt>{leads('detail.channel')}</dt><dd>{card.detail.channel?.name ?? leads('list.noChannel')}</dd></div>
            <div><dt>{leads('list.amount')}</dt><dd><Money minor={card.detail.amount} currency={card.detail.currency ?? ''} /></dd></div>
            <div><dt>{leads('detail.cameIn')}</dt><dd><Moment at={card.detail.cameInAt} /></dd></div>
            <div><dt>{leads('detail.nextStep')}</dt><dd><Moment at={card.detail.nextStepAt} /></dd></div>
          </dl>
          <LeadTimeline timeline={card.timeline} now={now} />
        </div>
      )}
    </aside>
  )
}
