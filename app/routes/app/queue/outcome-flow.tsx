import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Kbd } from '~/ui/primitives/kbd'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import { useLeadWords } from '~/ui/leads/lead-words'
import { NextSteps, OutcomeButtons, outcomeKeys, outcomeName, proposedStep, type Step } from '~/ui/leads/outcome-pad'
import type { LeadCardView, OutcomeChoiceView } from '~/ui/leads/types'
import { dropDraft, keepDraft, readDraft } from './call-drafts'

/** A contact on its way to the server: `nextStep` is a moment, `hour`, a local time that was picked, or empty. */
export type Outgoing = { leadId: string; choice: OutcomeChoiceView; nextStep: string; note: string }
type Props = {
  lead: LeadCardView; outcomes: readonly OutcomeChoiceView[]; steps: readonly Step[]; note: RefObject<HTMLInputElement>; onOutcome: (outgoing: Outgoing) => void; onNote: (note: string) => void
  gate: { isGated: boolean; onDraft: () => void; onStay: () => void }
}

/** Two keys: what happened, then Enter (or another next step). A note in between if there is something to say. */
export function OutcomeFlow({ lead, outcomes, steps, note, onOutcome, onNote, gate }: Props) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const [outcome, setOutcome] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [isPicking, setPicking] = useState(false)
  const [picked, setPicked] = useState('')
  useEffect(() => {
    const draft = readDraft(lead.id)
    if (draft === null) return
    setOutcome(draft.outcome)
    setText(draft.text)
  }, [lead.id])
  // A draft may name an outcome that was taken off the list meanwhile.
  const choice = outcomes.find((each) => outcomeName(each) === outcome)
  const proposed = choice === undefined ? undefined : proposedStep(choice, steps)
  const send = (nextStep: string) => {
    if (choice === undefined) return
    dropDraft(lead.id)
    onOutcome({ leadId: lead.id, choice, nextStep, note: text.trim() })
  }
  const take = (step: Step | undefined) => send(step?.id === 'hour' ? 'hour' : (step?.at?.toISOString() ?? ''))
  const save = () => {
    if (choice !== undefined) return take(proposed)
    if (text.trim() === '') return
    dropDraft(lead.id)
    onNote(text.trim())
    setText('')
  }
  const draft = () => {
    keepDraft(lead.id, { outcome, text })
    gate.onDraft()
  }
  useShortcuts([
    ...outcomes.flatMap((each, index) => { const key = outcomeKeys[index]; return key === undefined ? [] : [{ keys: key, label: words.outcome(each), group: t('keys.group'), run: () => setOutcome(outcomeName(each)) }] }),
    { keys: 'n', label: t('keys.note'), group: t('keys.group'), run: () => note.current?.focus() },
    ...(choice === undefined ? [] : [{ keys: 'Enter', label: t('keys.save'), group: t('keys.group'), run: save }]),
    ...(gate.isGated ? [{ keys: 'Escape', label: t('gate.draft'), group: t('keys.group'), run: draft }] : choice === undefined ? [] : [{ keys: 'Escape', label: '', hidden: true, run: () => setOutcome(null) }]),
  ])
  return (
    <section className="q-part q-flow">
      {gate.isGated && (
        <div role="alert" className="q-gate">
          <CircleAlert className="i" aria-hidden="true" /><span>{t('gate.say')}</span>
          <Button size="s" shortcut="Esc" onPress={draft}>{t('gate.draft')}</Button>
          <Button size="s" variant="quiet" onPress={gate.onStay}>{t('gate.stay')}</Button>
        </div>
      )}
      <h3>{t('whatHappened')}</h3>
      <OutcomeButtons outcomes={outcomes} chosen={outcome} onChoose={setOutcome} />
      <h3 className="mt-4">
        {t('nextStep')}
        <span className="text-faint">{choice === undefined ? t('chooseFirst') : <span className="kbd-touch-hidden">{t('enterSaves')}</span>}</span>
      </h3>
      <NextSteps
        steps={steps} chosen={isPicking ? null : (proposed?.id ?? null)} disabled={choice === undefined} onChoose={take}
        isPicking={isPicking} onPicking={() => setPicking(!isPicking)} picked={picked} onPick={setPicked} onTakePicked={() => send(picked)}
      />
      <form className="q-note" onSubmit={(event) => { event.preventDefault(); save() }}>
        <input
          ref={note} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('notePlaceholder')} aria-label={t('notePlaceholder')} maxLength={2000}
          onKeyDown={(event) => {
            if ((event.nativeEvent.isComposing || event.keyCode === 229) && event.key === 'Enter') event.preventDefault()
            if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur()
          }}
        />
        {text.trim() === '' ? <Kbd keys="N" /> : <Button type="submit" size="s">{choice === undefined ? t('saveNote') : leads('act.saveNext')}</Button>}
      </form>
    </section>
  )
}
