import { useCallback, useState, type Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '~/domain/leads/vocabulary'
import { hangUp } from '~/ui/leads/call-mark'
import { useLeadWords } from '~/ui/leads/lead-words'
import { kindOf } from '~/ui/leads/outcome-pad'
import type { Answer, LeadCardView } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'
import { showToast } from '~/ui/toast'
import { useFormat } from '~/ui/use-format'
import type { Outgoing } from './outcome-flow'
import type { Sending } from './sender'
import type { QueueAction } from './use-queue'

type Back = { action: string; fields: Record<string, string> }
type Known = { dispatch: Dispatch<QueueAction>; forget: (id: string) => void; onSaid: () => void; called: string | null }
let count = 0

/** What a rep does to the lead at hand: at once on the page, then on the server; refused, the lead comes back. */
export function useActs({ dispatch, forget, onSaid, called }: Known) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const format = useFormat()
  const words = useLeadWords()
  const refusal = useRefusal()
  const [sending, setSending] = useState<Sending[]>([])
  const settled = useCallback((key: string) => setSending((all) => all.filter((each) => each.key !== key)), [])
  const send = (action: string, fields: Record<string, string>, onAnswer: (answer: Answer) => void) => {
    count += 1
    const key = `${action} ${count}`
    setSending((all) => [...all, { key, action, fields, onAnswer }])
  }
  /** Takes the lead off the page while `action` runs, and offers the way back for ten seconds. */
  const leave = (lead: LeadCardView, outcome: string | null, request: Back, told: (done: unknown) => { text: string; undo: Back }) => {
    const counts = outcome !== null
    dispatch({ type: 'left', id: lead.id, outcome, counts })
    const comeBack = (problem: string | null) => {
      forget(lead.id)
      dispatch({ type: 'returned', id: lead.id, problem, counts })
    }
    send(request.action, request.fields, (answer) => {
      const problem = refusal(answer)
      if (problem !== null) return comeBack(problem)
      forget(lead.id)
      const { text, undo: back } = told(answer.done)
      const onUndo = () => {
        comeBack(null)
        send(back.action, back.fields, (undone) => {
          const refused = refusal(undone)
          if (refused !== null) void showToast({ text: refused, tone: 'breach' })
          else forget(lead.id)
        })
      }
      void showToast({ text, tone: 'won', undo: { onUndo, seconds: 10 } })
    })
  }
  /** A dialog took the lead away though it was being called: that says enough. */
  const gone = (lead: LeadCardView) => {
    if (called === lead.id) {
      hangUp(lead.id)
      onSaid()
    }
    dispatch({ type: 'left', id: lead.id, outcome: null, counts: false })
  }
  return {
    sending, settled, leave,
    called(leadId: string) {
      send(`/queue/calls?lead=${leadId}`, {}, () => undefined)
    },
    log(lead: LeadCardView, { choice, nextStep, note }: Outgoing) {
      const said = { name: words.name(lead), outcome: words.outcome(choice) }
      const fields = { kind: kindOf(choice.outcome), outcome: choice.outcome, disposition: choice.id ?? '', nextStep, note }
      onSaid()
      leave(lead, said.outcome, { action: `/queue/contacts?lead=${lead.id}`, fields }, (done) => {
        const { activityId, nextStepAt } = done as { activityId: string; nextStepAt: Date | null }
        const text = nextStepAt === null ? t('saved', said) : t('savedNext', { ...said, when: format.date(nextStepAt, 'moment') })
        return { text, undo: { action: `/queue/activity-undoing?activity=${activityId}`, fields: {} } }
      })
    },
    snooze(lead: LeadCardView, until: string, shown: string) {
      leave(lead, null, { action: `/queue/rest?lead=${lead.id}`, fields: { until } }, () => ({
        text: t('snoozed', { name: words.name(lead), when: shown }), undo: { action: `/queue/rest?lead=${lead.id}`, fields: { until: '' } },
      }))
    },
    note(lead: LeadCardView, note: string) {
      send(`/queue/notes?lead=${lead.id}`, { note }, (answer) => {
        const refused = refusal(answer)
        if (refused === null) forget(lead.id)
        void showToast(refused === null ? { text: t('noted'), tone: 'won' } : { text: refused, tone: 'breach' })
      })
    },
    /** Takes an entry of the timeline back; the log keeps both. */
    undoEntry(lead: LeadCardView, { kind, id }: { kind: 'activity' | 'move'; id: string }) {
      const action = kind === 'activity' ? `/queue/activity-undoing?activity=${id}` : `/queue/move-undoing?move=${id}`
      send(action, {}, (answer) => {
        const refused = refusal(answer)
        if (refused === null) forget(lead.id)
        void showToast(refused === null ? { text: t('undone'), tone: 'won' } : { text: refused, tone: 'breach' })
      })
    },
    /** After a dialog has done it: junk leaves the queue, a move only changes the card. */
    junked(lead: LeadCardView) {
      gone(lead)
      const onUndo = () => {
        forget(lead.id)
        dispatch({ type: 'returned', id: lead.id, problem: null, counts: false })
        send(`/queue/verdict?lead=${lead.id}`, { verdict: 'valid' }, () => forget(lead.id))
      }
      void showToast({ text: t('junked', { name: words.name(lead) }), tone: 'won', undo: { onUndo, seconds: 10 } })
    },
    /** It has another owner, or lies in the pool again. Its way back is not ours to give: the pool has its rules. */
    handedOn(lead: LeadCardView, to: string | null) {
      gone(lead)
      forget(lead.id)
      void showToast({ text: to === null ? t('returned', { name: words.name(lead) }) : t('assigned', { name: words.name(lead), owner: to }), tone: 'won' })
    },
    moved(lead: LeadCardView, moveId: string | null, stage: Stage) {
      const isClosed = stage === 'won' || stage === 'lost'
      if (isClosed) gone(lead)
      forget(lead.id)
      if (moveId === null) return
      const onUndo = () => {
        if (isClosed) dispatch({ type: 'returned', id: lead.id, problem: null, counts: false })
        send(`/queue/move-undoing?move=${moveId}`, {}, () => forget(lead.id))
      }
      void showToast({ text: t('moved', { name: words.name(lead), stage: leads(`stage.${stage}`) }), tone: 'won', undo: { onUndo, seconds: 10 } })
    },
  }
}
export type Acts = ReturnType<typeof useActs>
