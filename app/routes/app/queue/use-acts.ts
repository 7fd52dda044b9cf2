import { useCallback, useState, type Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome, Stage } from '~/domain/leads/vocabulary'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { Answer, LeadCardView } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'
import { showToast } from '~/ui/toast'
import { useFormat } from '~/ui/use-format'
import type { Outgoing } from './outcome-flow'
import type { Sending } from './sender'
import type { QueueAction } from './use-queue'

type Known = { dispatch: Dispatch<QueueAction>; forget: (id: string) => void; onSaid: () => void }
let count = 0

/** What a rep does to the lead at hand: at once on the page, then on the server; refused, the lead comes back. */
export function useActs({ dispatch, forget, onSaid }: Known) {
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
  const leave = (lead: LeadCardView, outcome: Outcome | null, request: { action: string; fields: Record<string, string> }, told: { text: string; undo: (done: unknown) => { action: string; fields: Record<string, string> } }) => {
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
      const back = told.undo(answer.done)
      const onUndo = () => {
        comeBack(null)
        send(back.action, back.fields, (undone) => {
          const refused = refusal(undone)
          if (refused !== null) void showToast({ text: refused, tone: 'breach' })
          else forget(lead.id)
        })
      }
      void showToast({ text: told.text, tone: 'won', undo: { onUndo, seconds: 10 } })
    })
  }
  return {
    sending, settled, leave,
    called(leadId: string) {
      send(`/queue/calls?lead=${leadId}`, {}, () => undefined)
    },
    log(lead: LeadCardView, { outcome, nextStep, nextAt, note }: Outgoing) {
      const kind = outcome === 'wechat_added' ? 'wechat' : 'call'
      const said = { name: words.name(lead), outcome: leads(`outcome.${outcome}`) }
      const text = nextAt === null ? t('saved', said) : t('savedNext', { ...said, when: format.date(nextAt, 'moment') })
      onSaid()
      leave(lead, outcome, { action: `/queue/contacts?lead=${lead.id}`, fields: { kind, outcome, nextStep, note } }, {
        text, undo: (done) => ({ action: `/queue/activity-undoing?activity=${(done as { activityId: string }).activityId}`, fields: {} }),
      })
    },
    snooze(lead: LeadCardView, until: string, shown: string) {
      leave(lead, null, { action: `/queue/rest?lead=${lead.id}`, fields: { until } }, {
        text: t('snoozed', { name: words.name(lead), when: shown }), undo: () => ({ action: `/queue/rest?lead=${lead.id}`, fields: { until: '' } }),
      })
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
      dispatch({ type: 'left', id: lead.id, outcome: null, counts: false })
      const onUndo = () => {
        forget(lead.id)
        dispatch({ type: 'returned', id: lead.id, problem: null, counts: false })
        send(`/queue/verdict?lead=${lead.id}`, { verdict: 'valid' }, () => forget(lead.id))
      }
      void showToast({ text: t('junked', { name: words.name(lead) }), tone: 'won', undo: { onUndo, seconds: 10 } })
    },
    moved(lead: LeadCardView, moveId: string | null, stage: Stage) {
      const isClosed = stage === 'won' || stage === 'lost'
      if (isClosed) dispatch({ type: 'left', id: lead.id, outcome: null, counts: false })
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
