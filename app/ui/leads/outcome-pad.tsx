import { useTranslation } from 'react-i18next'
import type { Outcome, StepId } from '~/domain/leads/vocabulary'
import { Button } from '../primitives/button'
import { Kbd } from '../primitives/kbd'
import { useFormat } from '../use-format'

export const OUTCOMES = ['connected', 'no_answer', 'busy', 'wrong_number', 'callback', 'wechat_added'] as const
export type PadOutcome = (typeof OUTCOMES)[number]
/** Moments that can be chosen with one press; today's is missing when it has passed. */
export type Step = { id: StepId; at: Date | null }

/** What usually follows an outcome; it is only proposed. */
export const PROPOSED: Record<PadOutcome, StepId> = {
  connected: 'days3', no_answer: 'tomorrow', busy: 'today', wrong_number: 'none', callback: 'tomorrow', wechat_added: 'days3',
}

export const proposedStep = (outcome: Outcome, steps: readonly Step[]): Step | undefined => {
  const wanted = OUTCOMES.find((each) => each === outcome)
  return steps.find(({ id }) => wanted !== undefined && id === PROPOSED[wanted]) ?? steps.find(({ id }) => id === 'tomorrow')
}

export function OutcomeButtons({ chosen, onChoose }: { chosen: PadOutcome | null; onChoose: (outcome: PadOutcome) => void }) {
  const { t } = useTranslation('leads')
  return (
    <div className="q-out" role="group" aria-label={t('form.outcome')}>
      {OUTCOMES.map((outcome, index) => (
        <button key={outcome} type="button" className="btn btn-l" aria-pressed={chosen === outcome} onClick={() => onChoose(outcome)}>
          <span>{t(`outcome.${outcome}`)}</span>
          <Kbd keys={String(index + 1)} />
        </button>
      ))}
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
          <Chip key={step.id} label={t(`step.${step.id}`)} title={step.at === null ? undefined : format.date(step.at, 'moment')} pressed={chosen === step.id} disabled={disabled} onPress={() => onChoose(step)} />
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
