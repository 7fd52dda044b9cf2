import type { BatchHandler, Handler } from '~jobs/handler'
import type { QueueName } from '~jobs/queues'
import type { HandlerName } from '~jobs/subscriptions'

type Entry = { queue: QueueName; load: () => Promise<Handler>; loadBatch?: () => Promise<BatchHandler> }

/** Handlers are imported on first use, so that the relay and the board start without the whole domain. */
export const handlers: Record<HandlerName, Entry> = {
  'process-delivery': {
    queue: 'capture',
    load: async () => (await import('./capture/process-delivery')).processDelivery as Handler,
    loadBatch: async () => (await import('./capture/process-delivery')).processDeliveries as BatchHandler,
  },
  'fetch-lead': {
    queue: 'fetches',
    load: async () => (await import('./capture/fetch-lead')).fetchLead as Handler,
  },
  'match-person': {
    queue: 'matching',
    load: async () => (await import('./people/match-person')).matchPerson as Handler,
    loadBatch: async () => (await import('./people/match-person')).matchPeople as BatchHandler,
  },
  'run-import': {
    queue: 'imports',
    load: async () => (await import('./capture/run-import')).runImport as Handler,
  },
  'run-reconciliation': {
    queue: 'imports',
    load: async () => (await import('./capture/run-reconciliation')).runReconciliation as Handler,
  },
  'learn-card': {
    queue: 'imports',
    load: async () => (await import('./scoring/learn-card')).learnAsked as Handler,
  },
  'backtest-card': {
    queue: 'imports',
    load: async () => (await import('./scoring/backtest-card')).backtestAsked as Handler,
  },
  'run-bulk': {
    queue: 'imports',
    load: async () => (await import('./views/run-bulk')).runBulk as Handler,
  },
  'revalue-queue': {
    queue: 'reactions',
    load: async () => (await import('./leads/revalue-queue')).revalueOne as Handler,
    loadBatch: async () => (await import('./leads/revalue-queue')).revalueMany as BatchHandler,
  },
  'send-confirmation': {
    queue: 'reactions',
    load: async () => (await import('./capture/send-confirmation')).sendConfirmation as Handler,
  },
  'follow-owner': {
    queue: 'reactions',
    load: async () => (await import('./tasks/follow-owner')).followOwner as Handler,
  },
  'score-leads': {
    queue: 'reactions',
    load: async () => (await import('./scoring/score-leads')).scoreOne as Handler,
    loadBatch: async () => (await import('./scoring/score-leads')).scoreMany as BatchHandler,
  },
  'score-records': {
    queue: 'reactions',
    load: async () => (await import('./scoring/score-records')).scoreRecords as Handler,
  },
  'score-import': {
    queue: 'imports',
    load: async () => (await import('./scoring/score-import')).scoreImported as Handler,
  },
  'pause-lines': {
    queue: 'reactions',
    load: async () => (await import('./scoring/pause-lines')).pauseLines as Handler,
  },
  'assign-leads': {
    queue: 'reactions',
    load: async () => (await import('./assignment/assign-leads')).assignCaptured as Handler,
    loadBatch: async () => (await import('./assignment/assign-leads')).assignManyCaptured as BatchHandler,
  },
  'run-handover': {
    queue: 'imports',
    load: async () => (await import('./assignment/run-handover')).runHandover as Handler,
  },
  'keep-clocks': {
    queue: 'reactions',
    load: async () => (await import('./sla/keep-clocks')).keepClocks as Handler,
    loadBatch: async () => (await import('./sla/keep-clocks')).keepManyClocks as BatchHandler,
  },
  'reckon-clocks': {
    queue: 'reactions',
    load: async () => (await import('./sla/reckon-clocks')).reckonClocks as Handler,
  },
  'tell-members': {
    queue: 'reactions',
    load: async () => (await import('./notifications/tell-members')).tellMembers as Handler,
    loadBatch: async () => (await import('./notifications/tell-members')).tellManyMembers as BatchHandler,
  },
  'send-mail': {
    queue: 'mails',
    load: async () => (await import('./outreach/send-mail')).sendMail as Handler,
  },
  'forget-mails': {
    queue: 'reactions',
    load: async () => (await import('./outreach/forget-mails')).forgetMails as Handler,
  },
}
