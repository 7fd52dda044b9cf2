import type { Id } from '~/lib/ids'
import type { OwnershipWay, Stage, Verdict } from '../leads/vocabulary'
import type { MailProblem } from '../outreach/vocabulary'
import type { MatchBand } from '../people/vocabulary'
import type { Cell } from '../scoring/vocabulary'
import type { BreachAct } from '../sla/vocabulary'

/** The catalogue of events: past tense, ids and facts only, never personal data. */
export type Events = {
  'delivery.received': { deliveryId: Id<'dlv'> }
  'delivery.replayed': { deliveryId: Id<'dlv'> }
  'fetch.ordered': { fetchId: Id<'fet'>; due: string }
  'lead.captured': { leadId: Id<'lead'>; inquiryId: Id<'inq'>; ownerId: Id<'mem'> | null; isNew: boolean }
  'lead.stage-moved': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; from: Stage; to: Stage }
  'lead.owner-changed': { leadId: Id<'lead'>; from: Id<'mem'> | null; to: Id<'mem'> | null; way?: OwnershipWay }
  'lead.recycle-near': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; at: string }
  'lead.verdict-given': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; verdict: Verdict }
  'lead.contact-logged': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; activityId: Id<'act'> }
  'lead.call-started': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; memberId: Id<'mem'> }
  'lead.call-ended': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; memberId: Id<'mem'> }
  'lead.changed': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null }
  'lead.scored': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; cell: Cell | null }
  'touch.kept': { leadId: Id<'lead'> }
  'score.line-paused': { cardId: Id<'scd'>; line: string; fieldId: Id<'cf'> }
  'task.changed': { taskId: Id<'tsk'>; leadId: Id<'lead'> | null; assigneeId: Id<'mem'> | null }
  'sla.warned': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; clockId: Id<'slc'>; percent: 50 | 80 }
  'sla.breached': { leadId: Id<'lead'>; ownerId: Id<'mem'> | null; clockId: Id<'slc'>; turn: number; act: BreachAct; tell: Id<'mem'>[] }
  'calendar.changed': { calendarId: Id<'cal'> | null }
  'form.changed': { formId: Id<'frm'> }
  'form.submission-decided': { formId: Id<'frm'>; deliveryId: Id<'dlv'> }
  'form.confirmation-asked': { formId: Id<'frm'>; deliveryId: Id<'dlv'> }
  'import.requested': { importId: Id<'imp'> }
  'import.finished': { importId: Id<'imp'> }
  'source.reconciliation-requested': { sourceId: Id<'src'>; reconciliationId: Id<'rcn'> }
  'source.reconciled': { sourceId: Id<'src'>; reconciliationId: Id<'rcn'> }
  'source.alarmed': { sourceId: Id<'src'>; alarmId: Id<'alm'> }
  'source.recovered': { sourceId: Id<'src'>; alarmId: Id<'alm'> }
  'merge.made': { mergeId: Id<'mrg'> }
  'merge.split': { mergeId: Id<'mrg'> }
  'people.match-found': { personId: Id<'per'>; candidateId: Id<'per'>; band: MatchBand }
  'people.match-answered': { personId: Id<'per'>; candidateId: Id<'per'>; answer: 'same' | 'different' }
  'field.changed': { fieldId: Id<'cf'>; archived?: boolean }
  'view.changed': { viewId: Id<'view'> }
  'bulk.requested': { bulkId: Id<'blk'> }
  'bulk.finished': { bulkId: Id<'blk'>; memberId: Id<'mem'> }
  'member.deactivated': { memberId: Id<'mem'> }
  'member.handover-requested': { memberId: Id<'mem'>; handoverId: Id<'hov'> }
  'member.handover-finished': { memberId: Id<'mem'>; handoverId: Id<'hov'> }
  'notice.told': { noticeId: Id<'ntc'>; memberId: Id<'mem'> }
  'robot.disabled': { robotId: Id<'rbt'> }
  'report.made': { reportId: Id<'drp'> }
  'people.changed': { personId: Id<'per'> }
  'people.objection-changed': { personId: Id<'per'> }
  'company.changed': { companyId: Id<'co'> }
  'people.forgotten': { personId: Id<'per'> }
  'mail.ordered': { mailId: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null }
  'mail.due': { mailId: Id<'mail'>; leadId: Id<'lead'>; due: string }
  'mail.cancelled': { mailId: Id<'mail'>; leadId: Id<'lead'> }
  'mail.sent': { mailId: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null }
  'mail.failed': { mailId: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null; memberId: Id<'mem'>; problem: MailProblem | 'unknown' }
  'mail.suppressed': { mailId: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null; memberId: Id<'mem'> }
  'mail.unsubscribed': { mailId: Id<'mail'>; leadId: Id<'lead'>; ownerId: Id<'mem'> | null }
  'template.changed': { templateId: Id<'tpl'> }
  'suppression.changed': { personId: Id<'per'> | null }
  'card.changed': { cardId: Id<'scd'> }
  'card.published': { cardId: Id<'scd'>; retired: Id<'scd'> | null }
  'card.learning-asked': { cardId: Id<'scd'> }
  'card.backtest-asked': { cardId: Id<'scd'> }
  'invitation.sent': { invitationId: Id<'inv'> }
}
export type EventName = keyof Events
export type Emit = <N extends EventName>(name: N, payload: Events[N]) => Promise<void>
export type EmitAll = <N extends EventName>(name: N, payloads: readonly Events[N][]) => Promise<void>
