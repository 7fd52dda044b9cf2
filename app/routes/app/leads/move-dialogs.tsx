import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '~/domain/leads/vocabulary'
import { AnswerDialog } from '~/ui/leads/answer-form'
import { SelectRow } from '~/ui/leads/form-fields'
import { GradeDialog, LoseDialog, QualifyDialog, WinDialog } from '~/ui/leads/lead-dialogs'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { ChecklistView } from '~/ui/leads/types'
import { returnReasons } from '~/domain/leads/vocabulary'
import type { ListRow } from './lead-columns'
import type { ListData } from './route'

export type Moving = { lead: ListRow; to: Stage }

const unknown: ChecklistView = { need: 'unknown', budget: 'unknown', authority: 'unknown', timing: 'unknown' }
const order: readonly Stage[] = ['inquiry', 'qualified', 'graded', 'won']

/** The small form that a move to a stage asks for. Its verb decides; a refusal is said above the fields. */
export function MoveDialogs({ moving, close, data }: { moving: Moving | null; close: () => void; data: ListData }) {
  const words = useLeadWords()
  const card = useFetcher<{ detail: { id: string; checklist: ChecklistView; state: { expectedMonth: string | null } } } | null>()
  const id = moving?.lead.id
  const { load } = card
  useEffect(() => { if (id !== undefined) load(`/queue/card?lead=${id}`) }, [id, load])
  if (moving === null || card.state !== 'idle' || card.data === undefined || (card.data !== null && card.data.detail.id !== id)) return null
  const { lead, to } = moving
  const shown = { id: lead.id, name: words.name(lead), version: lead.version, stage: lead.stage, grade: lead.grade, amount: lead.amount, currency: lead.currency, checklist: card.data?.detail.checklist ?? unknown }
  const rest = { lead: shown, isOpen: true, close }
  const isBack = to !== 'lost' && (lead.stage === 'lost' || lead.stage === 'won' || order.indexOf(to) < order.indexOf(lead.stage))
  if (to === 'lost') return <LoseDialog {...rest} />
  if (to === 'won') return <WinDialog {...rest} currency={data.currency} today={data.today} />
  if (to === 'graded' && (!isBack || lead.stage === 'lost')) return <GradeDialog {...rest} currency={data.currency} month={card.data?.detail.state.expectedMonth ?? null} />
  if (to === 'qualified' && !isBack) return <QualifyDialog {...rest} />
  return <BackTo moving={moving} close={close} name={shown.name} />
}

function BackTo({ moving: { lead, to }, close, name }: { moving: Moving; close: () => void; name: string }) {
  const { t } = useTranslation('leads')
  return (
    <AnswerDialog title={t(lead.stage === 'lost' ? 'form.reopenTitle' : 'form.backTitle', { name })} action={`/leads/${lead.id}/stage`} submitLabel={t('act.back')} isOpen close={close}>
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="version" value={lead.version} />
      <SelectRow label={t('form.reason')} name="reason" empty="" choices={returnReasons.map((value) => ({ value, label: t(`return.${value}`) }))} />
    </AnswerDialog>
  )
}
