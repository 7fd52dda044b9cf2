import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { givingBackReasons, ownerReasons } from '~/domain/leads/vocabulary'
import { AnswerDialog } from '~/ui/leads/answer-form'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import type { LeadCardView } from '~/ui/leads/types'
import type { Owner } from './queue-header'

export type May = { assign: boolean; claim: boolean }
export type Moving = { me: string; may: May; owners: readonly Owner[] }
type Props = { lead: LeadCardView; name: string; moving: Moving; isOpen: boolean; close: () => void; onDone: (to: string | null) => void }

/** Somebody else's from now on, or the pool's: with a reason, always. */
export function AssignDialog({ lead, name, moving: { me, may, owners }, isOpen, close, onDone }: Props) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const [to, setTo] = useState('')
  const others = owners.filter(({ id }) => id !== lead.owner?.id).map(({ id, name: label, team }) => ({ value: id, label: team === null ? label : `${label} · ${team}` }))
  const choices = may.assign ? [...(lead.owner?.id === me ? [] : [{ value: me, label: t('assign.me') }]), ...others] : []
  const mayReturn = may.claim && lead.owner?.id === me
  const gives = to === '' && mayReturn
  const reasons = gives ? givingBackReasons : ownerReasons
  const named = choices.find(({ value }) => value === to)?.label ?? null
  return (
    <AnswerDialog
      title={t(may.assign ? 'assign.title' : 'assign.returnTitle', { name })} action={gives ? `/queue/return?lead=${lead.id}` : `/queue/owner?lead=${lead.id}`}
      submitLabel={t(to === '' ? 'assign.give' : 'assign.save')} isOpen={isOpen} close={close} onDone={() => onDone(named)}
    >
      <input type="hidden" name="version" value={lead.version} />
      {choices.length > 0 && (
        <PlainField label={t('assign.to')}>
          {(id) => (
            <select id={id} name="to" className="input" value={to} onChange={({ target }) => setTo(target.value)}>
              <option value="">{t('assign.pool')}</option>
              {choices.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
            </select>
          )}
        </PlainField>
      )}
      <SelectRow key={gives ? 'return' : 'assign'} label={leads('form.reason')} name="reason" choices={reasons.map((value) => ({ value, label: leads(`ownerReason.${value}`) }))} defaultValue={reasons[0]} />
      {gives && <PlainField label={t('assign.words')}>{(id) => <textarea id={id} name="note" rows={2} maxLength={1000} className="input" />}</PlainField>}
    </AnswerDialog>
  )
}
