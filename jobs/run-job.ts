import { UnrecoverableError, type Job } from 'bullmq'
import { handledOf, markHandled, settleEvent, systemContext, type Context, type EventName, type RelayedEvent } from '~/domain/kernel'
import { systemClock } from '~/platform/clock'
import { log } from '~/platform/log'
import { deadLettersTotal, jobSeconds } from '~/platform/metrics'
import type { Heard } from './handler'
import { handlers } from './handlers/registry'
import { ATTEMPTS, queues } from './queues'
import { subscriptions, type HandlerName } from './subscriptions'

type Told = Pick<RelayedEvent, 'id' | 'name' | 'payload' | 'requestId'>
/** What lies in the queue: events of one organisation for one handler, which hold ids and facts only. */
export type JobPayload = Told & { orgId: RelayedEvent['orgId']; handler: HandlerName; more?: readonly Told[] }
type Running = Pick<Job<JobPayload>, 'attemptsMade' | 'opts'> & { data: JobPayload }
type Failure = { event: Told; error: unknown }

class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

const AT_ONCE = 4

/**
 * Runs one handler on its events: not again on those it has answered. Where they fail together each is tried alone,
 * so that a poisoned one stops only itself; it is given up with its reason after the last attempt.
 */
export async function runJob({ data, attemptsMade, opts }: Running): Promise<void> {
  const attempt = attemptsMade + 1
  const open = await openEvents(data)
  if (open.length > 1 && (await runTogether(data, open, attempt))) return
  const failures = await runAlone(data, open, attempt)
  const [first] = failures
  if (first === undefined) return
  const last = attempt >= (opts.attempts ?? ATTEMPTS) || first.error instanceof UnrecoverableError
  if (last) for (const { event, error } of failures) await giveUp({ ...data, ...event }, attempt, error)
  // BullMQ keeps this message with the job: a name and a code, nothing of the data.
  throw last ? new UnrecoverableError(reasonOf(first.error)) : new Error(reasonOf(first.error))
}

// Killed after its receipt and before it settled the event: then only that is left to do.
async function openEvents({ orgId, handler, more = [], ...event }: JobPayload): Promise<Told[]> {
  const all = [event, ...more]
  const done = await handledOf(orgId, all.map(({ id }) => id), handler)
  for (const { id, name } of all) if (done.has(id)) await settleEvent(orgId, id, subscriptions[name].length, systemClock.now())
  return all.filter(({ id }) => !done.has(id))
}

async function runTogether(data: JobPayload, events: readonly Told[], attempt: number): Promise<boolean> {
  const { loadBatch, queue } = handlers[data.handler]
  if (loadBatch === undefined) return false
  const stop = jobSeconds.startTimer({ handler: data.handler })
  try {
    const run = await loadBatch()
    await withinLimit(queues[queue].timeLimitMs, run(contextOf(data, events[0]), events.map(heardOf)))
    await markHandled(events.map((event) => ({ ...answerOf(data, event), state: 'done' as const, attempts: attempt })))
    stop({ result: 'done' })
    return true
  } catch (error) {
    stop({ result: 'failed' })
    log.warn({ handler: data.handler, events: events.length, attempt, err: error }, 'events failed together and are handled one by one')
    return false
  }
}

async function runAlone(data: JobPayload, events: readonly Told[], attempt: number): Promise<Failure[]> {
  const failures: Failure[] = []
  const waiting = [...events]
  const lane = async () => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      const error = await runOne(data, event, attempt)
      if (error !== null) failures.push({ event, error })
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, lane))
  return failures
}

async function runOne(data: JobPayload, event: Told, attempt: number): Promise<unknown> {
  const { load, queue } = handlers[data.handler]
  const stop = jobSeconds.startTimer({ handler: data.handler })
  try {
    const run = await load()
    await withinLimit(queues[queue].timeLimitMs, run(contextOf(data, event), heardOf(event)))
    await markHandled([{ ...answerOf(data, event), state: 'done', attempts: attempt }])
    stop({ result: 'done' })
    return null
  } catch (error) {
    stop({ result: 'failed' })
    log.warn({ handler: data.handler, event: event.id, requestId: event.requestId, attempt, err: error }, 'a handler failed')
    return error
  }
}

/** Notes that an event is given up, so that it is settled, counted and seen. */
export async function giveUp(data: JobPayload, attempts: number, error: unknown): Promise<void> {
  await markHandled([{ ...answerOf(data, data), state: 'dead', attempts, reason: reasonOf(error) }])
  deadLettersTotal.inc({ handler: data.handler })
  log.error({ handler: data.handler, event: data.id, requestId: data.requestId, reason: reasonOf(error) }, 'a handler gave up an event')
}

async function withinLimit(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new TimeLimitError()), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const contextOf = ({ orgId, handler }: JobPayload, event: Told | undefined): Context =>
  systemContext(orgId, handler, systemClock.now(), event?.requestId ?? event?.id ?? handler)
const heardOf = ({ id, name, payload }: Told) => ({ id, name, payload }) as Heard<EventName>
const answerOf = ({ orgId, handler }: JobPayload, { id, name }: Told) => ({ orgId, eventId: id, handler, now: systemClock.now(), of: subscriptions[name].length })

/** Why, without any data: messages of drivers carry values of rows, so only names and codes are kept. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value'
  const { code } = error as Error & { code?: unknown }
  if (typeof code === 'string') return `${error.name} ${code}`
  return error.cause instanceof Error ? `${error.name}: ${reasonOf(error.cause)}` : error.name
}
