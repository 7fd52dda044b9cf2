import { UnrecoverableError, type Job } from 'bullmq'
import { markHandled, receiptOf, settleEvent, systemContext, type EventName, type RelayedEvent } from '~/domain/kernel'
import { systemClock } from '~/platform/clock'
import { log } from '~/platform/log'
import { deadLettersTotal, jobSeconds } from '~/platform/metrics'
import type { Heard } from './handler'
import { handlers } from './handlers/registry'
import { ATTEMPTS, queues } from './queues'
import { subscriptions, type HandlerName } from './subscriptions'

/** What lies in the queue: the event itself, which holds ids and facts only. */
export type JobPayload = Pick<RelayedEvent, 'orgId' | 'id' | 'name' | 'payload' | 'requestId'> & { handler: HandlerName }
type Running = Pick<Job<JobPayload>, 'attemptsMade' | 'opts'> & { data: JobPayload }

class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

/** Runs one handler on one event: not again when it has answered, given up with its reason after the last attempt. */
export async function runJob({ data, attemptsMade, opts }: Running): Promise<void> {
  if ((await receiptOf(data.orgId, data.id, data.handler)) === 'done') {
    // Killed after its receipt and before it settled the event.
    return settleEvent(data.orgId, data.id, subscriptions[data.name].length, systemClock.now())
  }
  const stop = jobSeconds.startTimer({ handler: data.handler })
  try {
    await withinLimit(data)
    await answer(data, 'done', attemptsMade + 1)
    stop({ result: 'done' })
  } catch (error) {
    stop({ result: 'failed' })
    const last = attemptsMade + 1 >= (opts.attempts ?? ATTEMPTS) || error instanceof UnrecoverableError
    log.warn({ handler: data.handler, event: data.id, requestId: data.requestId, attempt: attemptsMade + 1, err: error }, 'a handler failed')
    if (last) await giveUp(data, attemptsMade + 1, error)
    // BullMQ keeps this message with the job: a name and a code, nothing of the data.
    throw last ? new UnrecoverableError(reasonOf(error)) : new Error(reasonOf(error))
  }
}

/** Notes that an event is given up, so that it is settled, counted and seen. */
export async function giveUp(data: JobPayload, attempts: number, error: unknown): Promise<void> {
  await answer(data, 'dead', attempts, reasonOf(error))
  deadLettersTotal.inc({ handler: data.handler })
  log.error({ handler: data.handler, event: data.id, requestId: data.requestId, reason: reasonOf(error) }, 'a handler gave up an event')
}

async function withinLimit(data: JobPayload): Promise<void> {
  const { queue, load } = handlers[data.handler]
  const run = await load()
  const ctx = systemContext(data.orgId, data.handler, systemClock.now(), data.requestId ?? data.id)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new TimeLimitError()), queues[queue].timeLimitMs)
  })
  try {
    await Promise.race([run(ctx, heardOf(data)), late])
  } finally {
    clearTimeout(timer)
  }
}

const heardOf = ({ id, name, payload }: JobPayload) => ({ id, name, payload }) as Heard<EventName>

function answer({ orgId, id, name, handler }: JobPayload, state: 'done' | 'dead', attempts: number, reason?: string): Promise<void> {
  return markHandled({ orgId, eventId: id, handler, state, attempts, reason, now: systemClock.now(), of: subscriptions[name].length })
}

/** Why, without any data: messages of drivers carry values of rows, so only names and codes are kept. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value'
  const { code } = error as Error & { code?: unknown }
  if (typeof code === 'string') return `${error.name} ${code}`
  return error.cause instanceof Error ? `${error.name}: ${reasonOf(error.cause)}` : error.name
}
