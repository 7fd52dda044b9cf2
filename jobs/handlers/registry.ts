import type { Handler } from '~jobs/handler'
import type { QueueName } from '~jobs/queues'
import type { HandlerName } from '~jobs/subscriptions'

/** Handlers are imported on first use, so that the relay and the board start without the whole domain. */
export const handlers: Record<HandlerName, { queue: QueueName; load: () => Promise<Handler> }> = {
  'process-delivery': {
    queue: 'capture',
    load: async () => (await import('./capture/process-delivery')).processDelivery as Handler,
  },
  'run-import': {
    queue: 'imports',
    load: async () => (await import('./capture/run-import')).runImport as Handler,
  },
}
