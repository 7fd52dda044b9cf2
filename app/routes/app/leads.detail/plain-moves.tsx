import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { contactKinds, grades, lostReasons } from '~/domain/leads/vocabulary'
import { PlainField, SegmentRow, SelectRow } from '~/ui/leads/form-fields'
import { SuggestionSentence } from '~/ui/leads/grade-suggestion'
import { useLeadWords } from '~/ui/leads/lead-words'
import { ChecklistRows, CURRENCIES } from '~/ui/leads/lead-dialogs'
import type { LeadPageData } from './route'

type Props = { data: LeadPageData }

/** Where no script runs there are no dialogs: the next move and the contact it may need, as plain forms. */
export function PlainMoves({ data }: Props) {
  const { t } = useTranslation('leads')
  const { lead } = data
  const words = useLeadWords()
  if (!lead.isOpen || lead.verdict === 'junk') return null
  return (
    <noscript>
      <div className="flex flex-col gap-6 py-4">
        {lead.stage === 'inquiry' && <Move lead={lead} noun="qualification" label={t('act.qualify')}><p className="text-13 text-muted">{t('check.rule')}</p><ChecklistRows checklist={lead.checklist} /></Move>}
        {lead.stage === 'qualified' && <Move lead={lead} noun="stage" to="graded" label={t('act.grade')}><GradeFields data={data} /></Move>}
        {lead.stage === 'graded' && <Move lead={lead} noun="stage" to="won" label={t('act.win')}><WinFields data={data} /></Move>}
        <Move lead={lead} noun="contacts" label={t('act.log')}>
          <SelectRow label={t('form.kind')} name="kind" choices={contactKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} />
          <SelectRow label={t('form.outcome')} name="outcome" choices={data.outcomes.map((choice) => ({ value: choice.id ?? choice.outcome, label: words.outcome(choice) }))} />
        </Move>
        <Move lead={lead} noun="stage" to="lost" label={t('act.lose')}><SelectRow label={t('form.reason')} name="reason" empty="" choices={lostReasons.map((value) => ({ value, label: t(`lost.${value}`) }))} /></Move>
      </div>
    </noscript>
  )
}

function Move({ lead, noun, to, label, children }: { lead: LeadPageData['lead']; noun: 'qualification' | 'stage' | 'contacts'; to?: 'graded' | 'won' | 'lost'; label: string; children: ReactNode }) {
  return (
    <Form method="post" action={`/leads/${lead.id}/${noun}?plain`} reloadDocument className="flex max-w-[32rem] flex-col gap-3 border-t border-line pt-4">
      {to !== undefined && <input type="hidden" name="to" value={to} />}
      {to !== undefined && <input type="hidden" name="version" value={lead.version} />}
      {children}
      <div><button type="submit" className="btn">{label}</button></div>
    </Form>
  )
}

function AmountFields({ data: { lead, currency } }: Props) {
  const { t } = useTranslation('leads')
  return (
    <>
      <PlainField label={t('form.amount')}>{(id) => <input id={id} name="amount" className="input tn" inputMode="decimal" />}</PlainField>
      <SelectRow label={t('form.currency')} name="currency" choices={CURRENCIES.map((value) => ({ value, label: value }))} defaultValue={lead.currency ?? currency} />
    </>
  )
}

function GradeFields({ data }: Props) {
  const { t } = useTranslation('leads')
  return (
    <>
      <SegmentRow name="grade" label={t('form.gradeLabel')} choices={grades.map((value) => ({ value, label: value }))} value={null} />
      {data.suggestion !== null && <SuggestionSentence suggestion={data.suggestion} />}
      <AmountFields data={data} />
      <PlainField label={t('form.monthLabel')}>{(id) => <input id={id} name="month" type="month" className="input" placeholder="2026-12" />}</PlainField>
    </>
  )
}

function WinFields({ data }: Props) {
  const { t } = useTranslation('leads')
  return (
    <>
      <AmountFields data={data} />
      <PlainField label={t('form.day')}>{(id) => <input id={id} name="day" type="date" className="input" defaultValue={data.today} max={data.today} />}</PlainField>
    </>
  )
}
