import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checklistAnswers, checklistItems, correctionReasons, grades, junkReasons, lostReasons, returnReasons, type Grade, type Stage } from '~/domain/leads/vocabulary'
import { formatMinor } from '~/lib/money'
import { AnswerDialog } from './answer-form'
import { PlainField, SegmentRow, SelectRow } from './form-fields'
import { GradeSuggestion } from './grade-suggestion'
import type { ChecklistView } from './types'

export type DialogName = 'qualify' | 'grade' | 'win' | 'lose' | 'junk' | 'back'
export type DialogLead = {
  id: string; name: string; version: number; stage: Stage; grade: Grade | null; amount: bigint | null; currency: string | null; checklist: ChecklistView
}
type Props = { lead: DialogLead; isOpen: boolean; close: () => void; onDone?: (done: unknown) => void }

export const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'HKD', 'JPY', 'INR', 'BRL'] as const
const plain = (lead: DialogLead) => (lead.amount === null || lead.currency === null ? undefined : formatMinor(lead.amount, lead.currency))

/** The checklist and, with it, the move to qualified. */
export function QualifyDialog({ lead, ...rest }: Props) {
  const { t } = useTranslation('leads')
  return (
    <AnswerDialog title={t('form.qualifyTitle', { name: lead.name })} action={`/leads/${lead.id}/qualification`} submitLabel={t('act.qualify')} {...rest}>
      <p className="text-13 text-muted">{t('check.rule')}</p>
      <ChecklistRows checklist={lead.checklist} />
    </AnswerDialog>
  )
}

export function ChecklistRows({ checklist }: { checklist: ChecklistView }) {
  const { t } = useTranslation('leads')
  const choices = checklistAnswers.map((value) => ({ value, label: t(`check.${value}`) }))
  return <div>{checklistItems.map((item) => <SegmentRow key={item} name={item} label={t(`check.${item}`)} choices={choices} value={checklist[item]} />)}</div>
}

/** Amount and currency together: what an amount is read by. */
function AmountFields({ lead, currency }: { lead: DialogLead; currency: string }) {
  const { t } = useTranslation('leads')
  const known = CURRENCIES.some((each) => each === (lead.currency ?? currency)) ? CURRENCIES : [lead.currency ?? currency, ...CURRENCIES]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_112px] gap-3">
      <PlainField label={t('form.amount')}>{(id) => <input id={id} name="amount" className="input text-right tn" inputMode="decimal" defaultValue={plain(lead)} />}</PlainField>
      <SelectRow label={t('form.currency')} name="currency" choices={known.map((value) => ({ value, label: value }))} defaultValue={lead.currency ?? currency} />
    </div>
  )
}

export function GradeDialog({ lead, currency, month, ...rest }: Props & { currency: string; month: string | null }) {
  const { t } = useTranslation('leads')
  const [grade, setGrade] = useState<Grade | null>(lead.grade)
  return (
    <AnswerDialog title={t('form.gradeTitle', { name: lead.name })} action={`/leads/${lead.id}/stage`} submitLabel={lead.stage === 'graded' ? t('act.regrade') : t('act.grade')} {...rest}>
      <Hidden lead={lead} to="graded" />
      <SegmentRow name="grade" label={t('form.gradeLabel')} choices={grades.map((value) => ({ value, label: value }))} value={grade} onChange={setGrade} />
      {grade !== null && <p className="-mt-2 text-12 text-muted">{t(`grade.${grade}`)}</p>}
      <GradeSuggestion leadId={lead.id} given={grade} />
      <AmountFields lead={lead} currency={currency} />
      {grade !== 'D' && <PlainField label={t('form.monthLabel')}>{(id) => <input id={id} name="month" type="month" className="input" defaultValue={month ?? undefined} placeholder="2026-12" pattern="\d{4}-\d{2}" />}</PlainField>}
      {lead.stage === 'lost' && <ReturnReason />}
    </AnswerDialog>
  )
}

export function WinDialog({ lead, currency, today, ...rest }: Props & { currency: string; today: string }) {
  const { t } = useTranslation('leads')
  const corrects = lead.stage === 'won'
  return (
    <AnswerDialog title={corrects ? t('form.correctTitle') : t('form.winTitle', { name: lead.name })} action={`/leads/${lead.id}/stage`} submitLabel={corrects ? t('act.correct') : t('act.win')} {...rest}>
      <Hidden lead={lead} to="won" />
      <AmountFields lead={lead} currency={currency} />
      <PlainField label={t('form.day')}>{(id) => <input id={id} name="day" type="date" className="input" defaultValue={today} max={today} />}</PlainField>
      {corrects && <SelectRow label={t('form.reason')} name="reason" empty="" choices={correctionReasons.map((value) => ({ value, label: t(`correction.${value}`) }))} />}
      {lead.stage === 'lost' && <ReturnReason />}
    </AnswerDialog>
  )
}

export function LoseDialog({ lead, ...rest }: Props) {
  const { t } = useTranslation('leads')
  return (
    <AnswerDialog title={t('form.loseTitle', { name: lead.name })} action={`/leads/${lead.id}/stage`} submitLabel={t('act.lose')} danger {...rest}>
      <Hidden lead={lead} to="lost" />
      <SelectRow label={t('form.reason')} name="reason" empty="" choices={lostReasons.map((value) => ({ value, label: t(`lost.${value}`) }))} />
    </AnswerDialog>
  )
}

export function JunkDialog({ lead, ...rest }: Props) {
  const { t } = useTranslation('leads')
  return (
    <AnswerDialog title={t('form.junkTitle', { name: lead.name })} action={`/leads/${lead.id}/verdict`} submitLabel={t('act.junk')} danger {...rest}>
      <input type="hidden" name="verdict" value="junk" />
      <input type="hidden" name="version" value={lead.version} />
      <SelectRow label={t('form.reason')} name="reason" empty="" choices={junkReasons.map((value) => ({ value, label: t(`junk.${value}`) }))} />
    </AnswerDialog>
  )
}

const BACK: Record<Stage, readonly Stage[]> = { inquiry: [], qualified: ['inquiry'], graded: ['qualified', 'inquiry'], won: ['graded', 'qualified', 'inquiry'], lost: ['inquiry', 'qualified'] }

/** Back along the funnel, or a lost lead opened again: always with a reason. */
export function BackDialog({ lead, ...rest }: Props) {
  const { t } = useTranslation('leads')
  const reopens = lead.stage === 'lost'
  const targets = BACK[lead.stage].map((value) => ({ value, label: t(`stage.${value}`) }))
  return (
    <AnswerDialog title={t(reopens ? 'form.reopenTitle' : 'form.backTitle', { name: lead.name })} action={`/leads/${lead.id}/stage`} submitLabel={reopens ? t('act.reopen') : t('act.back')} {...rest}>
      <input type="hidden" name="version" value={lead.version} />
      <SelectRow label={t('form.to')} name="to" choices={targets} defaultValue={targets[0]?.value} />
      <ReturnReason />
    </AnswerDialog>
  )
}

function ReturnReason() {
  const { t } = useTranslation('leads')
  return <SelectRow label={t('form.reason')} name="reason" empty="" choices={returnReasons.map((value) => ({ value, label: t(`return.${value}`) }))} />
}

function Hidden({ lead, to }: { lead: DialogLead; to: Stage }) {
  return (
    <>
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="version" value={lead.version} />
    </>
  )
}
