import { Link } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hangUp } from '~/ui/leads/call-mark'
import { CellMark } from '~/ui/leads/cell-mark'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { LeadCardView, OutcomeChoiceView, QueueLead } from '~/ui/leads/types'
import { Button } from '~/ui/primitives/button'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { useFormat } from '~/ui/use-format'
import { KnownFacts } from './known-facts'
import { OutcomeFlow, type Outgoing } from './outcome-flow'
import { QueueBecause } from './queue-because'
import { QueueReach } from './queue-reach'
import { useQueueWords } from './queue-words'
import type { CallGate } from './use-call'
import type { CardData } from './use-cards'
import type { DialogName } from '~/ui/leads/lead-dialogs'

export type CardAct = DialogName | 'snooze' | 'assign' | 'mail'
type Props = {
  card: CardData; outcomes: readonly OutcomeChoiceView[]; row: QueueLead | undefined; mayMove: boolean; problem: string | undefined; now: Date; me: string; gate: CallGate
  onCall: () => void; onOutcome: (outgoing: Outgoing) => void; onNote: (note: string) => void; onAct: (act: CardAct) => void
}

/** Who to call, why now, how to reach them, and what came of it. */
export function QueueCard({ card, outcomes, mayMove, row, problem, now, me, gate, onCall, onOutcome, onNote, onAct }: Props) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const note = useRef<HTMLInputElement>(null)
  const lead = card.detail
  const called = gate.call?.leadId === lead.id ? gate.call : null
  return (
    <article className="q-card" aria-label={t('card')}>
      {row !== undefined && <Why row={row} now={now} />}
      {problem !== undefined && <p role="alert" className="form-alert mb-3"><CircleAlert className="i" aria-hidden="true" /><span>{problem}</span></p>}
      <Who lead={lead} now={now} />
      <QueueReach lead={lead} place={card.place} row={row} me={me} now={now} calledAt={called?.startedAt ?? null} onCall={onCall} onMail={() => onAct('mail')} />
      {lead.isOpen && lead.verdict === 'valid' && (
        <OutcomeFlow
          key={lead.id} lead={lead} outcomes={outcomes} steps={card.steps} note={note} onOutcome={onOutcome} onNote={onNote}
          gate={{ isGated: called !== null && gate.isGated, onDraft: () => { hangUp(lead.id); gate.end(true) }, onStay: gate.stay }}
        />
      )}
      <div className="q-moves">
        <MoveButton label={leads('act.qualify')} keys="Q" shown={lead.stage === 'inquiry'} onPress={() => onAct('qualify')} />
        <MoveButton label={leads('act.grade')} shown={lead.stage === 'qualified'} onPress={() => onAct('grade')} />
        <MoveButton label={leads('act.win')} shown={lead.stage === 'graded'} onPress={() => onAct('win')} />
        <MoveButton label={leads('act.lose')} shown={lead.isOpen} onPress={() => onAct('lose')} />
        <MoveButton label={leads('act.junk')} keys="D" shown={lead.verdict === 'valid'} onPress={() => onAct('junk')} />
        <MoveButton label={leads('act.snooze')} keys="S" shown={lead.isOpen} onPress={() => onAct('snooze')} />
        <MoveButton label={t('keys.return')} keys="A" shown={lead.isOpen && mayMove} onPress={() => onAct('assign')} />
        <Link to={`/leads/${lead.id}`} prefetch="intent" className="btn btn-quiet ml-auto">{t('open')}<span className="sr">: {words.name(lead)}</span></Link>
      </div>
      {card.why !== null && <QueueBecause why={card.why} now={now} />}
      <KnownFacts lead={lead} />
    </article>
  )
}

function MoveButton({ label, keys, shown, onPress }: { label: string; keys?: string; shown: boolean; onPress: () => void }) {
  return shown ? <Button variant="quiet" shortcut={keys} onPress={onPress}>{label}</Button> : null
}

function Why({ row, now }: { row: QueueLead; now: Date }) {
  const { t } = useTranslation('queue')
  const queue = useQueueWords(now)
  const { text, tone, icon } = queue.clock(row)
  const said = tone === 'breach' ? t('overdue', { duration: text }) : row.reason === 'fresh' ? t('waiting', { duration: text }) : row.reason === 'sla_due' ? t('left', { duration: text }) : null
  return (
    <p className="q-why">
      {said !== null && icon === 'clock' && <span className={tone === 'breach' ? 'q-clock q-breach' : 'q-clock q-warn'}><Clock className="i" aria-hidden="true" />{said}</span>}
      <span>{queue.why(row)}</span>
    </p>
  )
}

function Who({ lead, now }: { lead: LeadCardView; now: Date }) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const format = useFormat()
  const words = useLeadWords()
  const { companyFacts: company } = lead
  const day = Math.floor((now.getTime() - lead.cameInAt.getTime()) / 86_400_000) + 1
  const facts = [company?.city, company?.industry, company?.employees === null || company?.employees === undefined ? null : leads('detail.employees', { count: company.employees, formatted: format.number(company.employees) })]
  return (
    <header className="q-who">
      <div className="min-w-0">
        <h2>{words.name(lead)}</h2>
        <p>
          {lead.person?.title}{lead.person?.title && company !== null && ', '}
          {(lead.person?.name ?? '').trim() !== '' && <b>{company?.name}</b>}
          {facts.map((fact) => (fact === null || fact === undefined || fact === '' ? null : <span key={fact}> · {fact}</span>))}
        </p>
      </div>
      <p className="q-side">
        <b>{lead.productLine.name}</b>
        {t('inquiryDay', { stage: leads(`stage.${lead.stage}`), day })}
        <br />
        <ChannelDot kind={lead.channel?.kind ?? null}>{lead.channel?.name ?? leads('list.noChannel')}</ChannelDot>
        {lead.cell !== null && <><br /><Link to={`/leads/${lead.id}#score`} className="cell-link"><CellMark cell={lead.cell} byHand={lead.cellByHand} /></Link></>}
      </p>
    </header>
  )
}
