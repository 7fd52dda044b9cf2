import type { EventName } from '~/domain/kernel'

/** Every handler there is; `handlers/registry.ts` says what each does. Lower case and hyphens: they stand in job ids. */
export const handlerNames = [
  'process-delivery', 'fetch-lead', 'match-person', 'run-import', 'run-reconciliation', 'send-confirmation', 'follow-owner', 'run-bulk',
  'assign-leads', 'run-handover', 'revalue-queue', 'keep-clocks', 'reckon-clocks', 'tell-members',
] as const
export type HandlerName = (typeof handlerNames)[number]

/** Who reacts to what, and nothing else does. An event with an empty list is settled when it is relayed. */
export const subscriptions: Record<EventName, readonly HandlerName[]> = {
  'delivery.received': ['process-delivery'],
  'delivery.replayed': ['process-delivery'],
  'fetch.ordered': ['fetch-lead'],
  'lead.captured': ['match-person', 'assign-leads', 'revalue-queue', 'keep-clocks'],
  'lead.stage-moved': ['revalue-queue', 'keep-clocks'],
  'lead.owner-changed': ['follow-owner', 'revalue-queue', 'keep-clocks', 'tell-members'],
  'lead.recycle-near': ['tell-members'],
  'lead.verdict-given': ['revalue-queue', 'keep-clocks'],
  'lead.contact-logged': ['revalue-queue', 'keep-clocks'],
  'lead.changed': ['revalue-queue', 'keep-clocks'],
  'task.changed': [],
  'lead.call-started': [],
  'lead.call-ended': [],
  'sla.warned': ['revalue-queue', 'tell-members'],
  'sla.breached': ['revalue-queue', 'tell-members'],
  'calendar.changed': ['reckon-clocks'],
  'form.changed': [],
  'form.submission-decided': [],
  'form.confirmation-asked': ['send-confirmation'],
  'import.requested': ['run-import'],
  'import.finished': ['tell-members'],
  'source.reconciliation-requested': ['run-reconciliation'],
  'source.reconciled': [],
  'source.alarmed': ['tell-members'],
  'source.recovered': ['tell-members'],
  'merge.made': [],
  'merge.split': [],
  'people.match-found': [],
  'people.match-answered': [],
  'field.changed': [],
  'view.changed': [],
  'bulk.requested': ['run-bulk'],
  'bulk.finished': ['tell-members'],
  'member.deactivated': [],
  'member.handover-requested': ['run-handover'],
  'member.handover-finished': ['tell-members'],
  'notice.told': [],
  'robot.disabled': ['tell-members'],
  'report.made': ['tell-members'],
  'invitation.sent': [],
}
