import { Link } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Phone from 'lucide-react/icons/phone'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { LeadCardView, QueueLead } from '~/ui/leads/types'
import { Button } from '~/ui/primitives/button'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Kbd } from '~/ui/primitives/kbd'
import { showToast } from '~/ui/toast'
import { useFormat } from '~/ui/use-format'
import { KnownFacts } from './known-facts'
import { OutcomeFlow, type Outgoing } from './outcome-flow'
import type { Step } from '~/ui/leads/outcome-pad'
import type { DialogName } from '~/ui/leads/lead-dialogs'

export type CardAct = DialogName | 'snooze'
type Props = { lead: LeadCardView; row: QueueLead | undefined; problem: string | undefined; now: Date; steps: readonly Step[]; onOutcome: (outgoing: Outgoing) => void; onNote: (note: string) => void; onAct: (act: CardAct) => void }

export const phoneOf = (lead: LeadCardView): string | null => reachOf(lead, 'phone') ?? lead.companyFacts?.phones.find(({ isMasked }) => !isMasked)?.shown ?? null
export const reachOf = (lead: LeadCardView, kind: 'phone' | 'email' | 'wechat'): string | null => {
  const first = lead.people.find(({ id }) => id === lead.person?.id) ?? lead.people[0]
  return first?.reach.find((each) => each.kind === kind && !each.isMasked)?.shown ?? null
}
export const dial = (number: string): string => `tel:${number.replaceAll(/[^\d+]/g, '')}`

/** Who to call, why now, how to reach them, and what came of it. */
export function QueueCard({ lead, row, problem, now, steps, onOutcome, onNote, onAct }: Props) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const note = useRef<HTMLInputElement>(null)
  const [callAt, setCallAt] = useState<number | null>(null)
  return (
    <article className="q-card" aria-label={t('card')}>
      <Why lead={lead} row={row} now={now} />
      {problem !== undefined && <p role="alert" className="form-alert mb-3"><CircleAlert className="i" aria-hidden="true" /><span>{problem}</span></p>}
      <Who lead={lead} now={now} />
      <Reach lead={lead} onCall={() => setCallAt(Date.now())} />
      {lead.isOpen && lead.verdict === 'valid' && <OutcomeFlow key={lead.id} lead={lead} steps={steps} note={note} onOutcome={onOutcome} onNote={onNote} calledAt={callAt} />}
      <div className="q-moves">
        <MoveButton label={leads('act.qualify')} keys="Q" shown={lead.stage === 'inquiry'} onPress={() => onAct('qualify')} />
        <MoveButton label={leads('act.grade')} shown={lead.stage === 'qualified'} onPress={() => onAct('grade')} />
        <MoveButton label={leads('act.win')} shown={lead.stage === 'graded'} onPress={() => onAct('win')} />
        <MoveButton label={leads('act.lose')} shown={lead.isOpen} onPress={() => onAct('lose')} />
        <MoveButton label={leads('act.junk')} keys="D" shown={lead.verdict === 'valid'} onPress={() => onAct('junk')} />
        <MoveButton label={leads('act.snooze')} keys="S" shown={lead.isOpen} onPress={() => onAct('snooze')} />
        <Link to={`/leads/${lead.id}`} prefetch="intent" className="btn btn-quiet ml-auto">{t('open')}<span className="sr">: {words.name(lead)}</span></Link>
      </div>
      <KnownFacts lead={lead} />
    </article>
  )
}

function MoveButton({ label, keys, shown, onPress }: { label: string; keys?: string; shown: boolean; onPress: () => void }) {
  return shown ? <Button variant="quiet" shortcut={keys} onPress={onPress}>{label}</Button> : null
}

function Why({ lead, row, now }: { lead: LeadCardView; row: QueueLead | undefined; now: Date }) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  if (row === undefined) return null
  const since = (at: Date) => format.duration((now.getTime() - at.getTime()) / 1000)
  const late = row.reason === 'callback' && row.nextStepAt !== null
  const clock = late && row.nextStepAt !== null ? t('overdue', { duration: since(row.nextStepAt) }) : row.reason === 'fresh' ? t('waiting', { duration: since(row.cameInAt) }) : null
  const when = row.reason === 'fresh' ? format.date(lead.cameInAt, 'moment') : format.date((row.reason === 'open' ? lead.lastContactAt : null) ?? row.snoozedUntil ?? row.nextStepAt ?? lead.cameInAt, 'moment')
  return (
    <p className="q-why">
      {clock !== null && <span className={late ? 'q-clock q-breach' : 'q-clock q-warn'}><Clock className="i" aria-hidden="true" />{clock}</span>}
      <span>{t(`why.${row.reason}`, { when, source: lead.source.name })}</span>
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
          {lead.person !== null && <b>{company?.name}</b>}
          {facts.map((fact) => (fact === null || fact === undefined || fact === '' ? null : <span key={fact}> · {fact}</span>))}
        </p>
      </div>
      <p className="q-side">
        <b>{lead.productLine.name}</b>
        {t('inquiryDay', { stage: leads(`stage.${lead.stage}`), day })}
        <br />
        <ChannelDot kind={lead.channel?.kind ?? null}>{lead.channel?.name ?? leads('list.noChannel')}</ChannelDot>
      </p>
    </header>
  )
}

function Reach({ lead, onCall }: { lead: LeadCardView; onCall: () => void }) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const { t: common } = useTranslation()
  const [phone, email, wechat] = [phoneOf(lead), reachOf(lead, 'email'), reachOf(lead, 'wechat') ?? reachOf(lead, 'phone')]
  const copy = async () => {
    await navigator.clipboard.writeText(wechat ?? '')
    void showToast({ text: `${common('action.copied')}: ${wechat ?? ''}`, tone: 'won' })
  }
  return (
    <div className="q-reach">
      <span className="q-phone">{phone ?? t('noPhone')}</span>
      {email !== null && <a className="btn btn-l" href={`mailto:${email}`}><Mail className="i" aria-hidden="true" />{leads('act.email')}</a>}
      {wechat !== null && <Button size="l" icon={MessageSquare} onPress={() => void copy()}>{leads('act.wechat')}</Button>}
      {phone !== null && <a className="btn btn-next btn-l" id="q-call" href={dial(phone)} onClick={onCall}><Phone className="i" aria-hidden="true" />{leads('act.call')}<Kbd keys="C" /></a>}
    </div>
  )
}
