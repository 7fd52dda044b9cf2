import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactKinds, detailsOf, directions, type ContactKind } from '~/domain/leads/vocabulary'
import { PlainField, SelectRow } from './form-fields'
import { useLeadWords } from './lead-words'
import type { OutcomeChoiceView } from './types'

/** What one says of a contact: how, which way, what came of it, how long, what follows. */
export function LogFields({ outcomes, length }: { outcomes: readonly OutcomeChoiceView[]; length: string | null }) {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  const [kind, setKind] = useState<ContactKind>('call')
  const details = detailsOf[kind] ?? []
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <PlainField label={t('form.kind')}>
          {(id) => (
            <select id={id} name="kind" className="input" value={kind} onChange={(event) => setKind(contactKinds.find((each) => each === event.target.value) ?? 'call')}>
              {contactKinds.map((each) => <option key={each} value={each}>{t(`kind.${each}`)}</option>)}
            </select>
          )}
        </PlainField>
        {details.length > 0
          ? <SelectRow label={t('form.detail')} name="detail" choices={details.map((value) => ({ value, label: t(`which.${value}`) }))} defaultValue={details[0]} />
          : <PlainField label={t('form.duration')}>{(id) => <input id={id} name="duration" className="input tn" inputMode="numeric" placeholder="2:30" defaultValue={length ?? ''} pattern="\d{1,4}(:[0-5]\d)?" />}</PlainField>}
      </div>
      <SelectRow label={t('form.outcome')} name="outcome" choices={outcomes.map((choice) => ({ value: choice.id ?? choice.outcome, label: words.outcome(choice) }))} defaultValue={outcomes[0]?.id ?? outcomes[0]?.outcome} />
      <SelectRow label={t('form.direction')} name="direction" choices={directions.map((value) => ({ value, label: t(`form.${value}`) }))} defaultValue="out" />
      <NextStep />
      <PlainField label={t('form.note')}>{(id) => <textarea id={id} name="note" rows={3} maxLength={2000} className="input" />}</PlainField>
    </>
  )
}

/** What usually follows, nothing, or a time of one's own. */
function NextStep() {
  const { t } = useTranslation('leads')
  const [choice, setChoice] = useState<'usual' | '' | 'own'>('usual')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <PlainField label={t('form.nextStep')}>
        {(id) => (
          <select id={id} name={choice === 'own' ? undefined : 'nextStep'} className="input" value={choice} onChange={(event) => setChoice(event.target.value as typeof choice)}>
            <option value="usual">{t('form.usual')}</option>
            <option value="">{t('form.noStep')}</option>
            <option value="own">{t('form.usualOr')}</option>
          </select>
        )}
      </PlainField>
      {choice === 'own' && <PlainField label={t('form.usualOr')}>{(id) => <input id={id} type="datetime-local" name="nextStep" required className="input" />}</PlainField>}
    </div>
  )
}
