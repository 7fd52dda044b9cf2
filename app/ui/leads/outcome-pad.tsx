import { useTranslation } from 'react-i18next'
import type { ContactKind, NextStepRule, Outcome, StepId } from '~/domain/leads/vocabulary'
import { Button } from '../primitives/button'
import { Kbd } from '../primitives/kbd'
import { useFormat } from '../use-format'
import { useLeadWords } from './lead-words'
import type { OutcomeChoiceView } from './types'

/** Moments that can be chosen with one press; today's is missing when it has passed. */
export type Step = { id: StepId; at: Date | null }

/** What an outcome is called at the doors: the organisation's own, or a usual one. */
export const outcomeName = ({ id, outcome }: Pick<OutcomeChoiceView, 'id' | 'outcome'>): string => id ?? outcome

/** The first nine have a key, by their place in the organisation's list. */
export const outcomeKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

const stepOfRule: Record<NextStepRule, StepId> = { none: 'none', hour: 'hour', tomorrow: 'tomorrow', days3: 'days3' }

/** What usually follows an outcome; it is only proposed. */
export const proposedStep = ({ nextStep }: Pick<OutcomeChoiceView, 'nextStep'>, steps: readonly Step[]): Step | undefined =>
  steps.find(({ id }) => id === stepOfRule[nextStep]) ?? steps.find(({ id }) => id === 'tomorrow')

const kinds: Partial<Record<Outcome, ContactKind>> = { wechat_added: 'wechat', replied: 'message', met: 'meeting' }
/** How somebody was reached where nothing else is said: outcomes of the queue are those of calls. */
export const kindOf = (outcome: Outcome): ContactKind => kinds[outcome] ?? 'call'

export function OutcomeButtons({ outcomes, chosen, onChoose }: { outcomes: readonly OutcomeChoiceView[]; chosen: string | null; onChoose: (name: string) => void }) {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  return (
    <div className="q-out" role="group" aria-label={t('form.outcome')}>
      {outcomes.map((choice, index) => {
        const [name, key] = [outcomeName(choice), outcomeKeys[index]]
        return (
          <button key={name} type="button" className="btn btn-l" aria-pressed={chosen === name} onClick={() => onChoose(name)}>
            <span className="q-out-name">{words.outcome(choice)}</span>
            {key !== undefined && <Kbd keys={key} />}
          </button>
        )
      })}
    </div>
  )
}

type StepsProps = { steps: readonly Step[]; chosen: string | null; disabled: boolean; onChoose: (step: Step) => void; picked: string; onPick: (local: string) => void; onTakePicked: () => void; isPicking: boolean; onPicking: () => void }

/** Chips of the next step; one more picks any time. */
export function NextSteps({ steps, chosen, disabled, onChoose, picked, onPick, onTakePicked, isPicking, onPicking }: StepsProps) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  return (
    <>
      <div className="q-steps">
        {steps.map((step) => (
          <Chip key={step.id} label={t(`step.${step.id}`)} title={step.at === null || step.id === 'hour' ? undefined : format.date(step.at, 'moment')} pressed={chosen === step.id} disabled={disabled} onPress={() => onChoose(step)} />
        ))}
        <Chip label={t('step.pick')} pressed={isPicking} disabled={disabled} onPress={onPicking} />
      </div>
      {isPicking && (
        <div className="mt-2 flex flex-wrap items-end gap-2">
          <input type="datetime-local" className="input w-auto" aria-label={t('pickLabel')} value={picked} onChange={(event) => onPick(event.target.value)} />
          <Button isDisabled={picked === ''} onPress={onTakePicked}>{t('pickSave')}</Button>
        </div>
      )}
    </>
  )
}

function Chip({ label, title, pressed, disabled, onPress }: { label: string; title?: string; pressed: boolean; disabled: boolean; onPress: () => void }) {
  return (
    <button type="button" className="btn btn-s" title={title} aria-pressed={pressed} disabled={disabled} onClick={onPress}>{label}</button>
  )
}
