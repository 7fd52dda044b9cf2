import { claimEvents, outboxState, receiptOf, relayAgain, settleEvent, unsettledEvents, type RelayedEvent, type Sent } from '~/domain/kernel'
import { liveMessages } from '~/domain/notifications'
import { toUuid } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { sha256 } from '~/platform/crypto'
import { log } from '~/platform/log'
import { outboxOldestSeconds, outboxWaiting } from '~/platform/metrics'
import { listen } from '~db/client.server'
import type { JobQueue } from './connection'
import { handlers } from './handlers/registry'
import { ATTEMPTS, FIRST_RETRY_MS, keepDead, keepDone, queueNames, retryJitter, type QueueName } from './queues'
import type { JobPayload } from './run-job'
import { subscriptions, type HandlerName } from './subscriptions'

export type Queues = Record<QueueName, JobQueue>
/** `firstRetryMs` is shorter in tests only. */
export type RelayOptions = { queues: Queues; firstRetryMs?: number; life?: () => Promise<string | null> }
type Bulk = { name: HandlerName; data: JobPayload; opts: object }

const BATCH = 200
const MOST_TOGETHER = 100
const POLL_MS = 500
const SEND_LIMIT_MS = 5_000
const OWED_AFTER_MS = 120_000
const SWEEP_BATCH = 500

/** The id of the job of one handler for these events: the same job however often they are relayed together. */
export function jobId(event: Pick<RelayedEvent, 'id'>, handler: HandlerName, more: readonly Pick<RelayedEvent, 'id'>[] = []): string {
  const others = more.length === 0 ? '' : `-${sha256(more.map(({ id }) => id).join()).toString('hex').slice(0, 16)}`
  return `ob-${toUuid(event.id)}-${handler}${others}`
}

/** Relays everything that waits, batch by batch. Answers how many events. */
export async function relayWaiting(options: RelayOptions): Promise<number> {
  let total = 0
  for (;;) {
    const claimed = await claimEvents(BATCH, systemClock.now(), (events) => send(events, options))
    total += claimed
    if (claimed < BATCH) return total
  }
}

// During an upgrade a newer process may write events that this one does not know: they stay owed to whoever does.
const isKnown = ({ name }: RelayedEvent) => Object.hasOwn(subscriptions, name)

async function send(claimed: RelayedEvent[], options: RelayOptions): Promise<Sent> {
  const events = claimed.filter(isKnown)
  await enqueue(events.flatMap((event) => subscriptions[event.name].map((handler) => ({ event, handler }))), options)
  const settled = events.filter(({ name }) => subscriptions[name].length === 0).map(({ id }) => id)
  return { settled, live: liveMessages(events) }
}

type Due = { event: RelayedEvent; handler: HandlerName }

const toldOf = ({ id, name, payload, requestId }: RelayedEvent) => ({ id, name, payload, requestId })

/** What came together is handled together where the handler can: events of one organisation, in their order. */
function together(due: readonly Due[]): (Due & { more: RelayedEvent[] })[] {
  const jobs: (Due & { more: RelayedEvent[] })[] = []
  const open = new Map<string, Due & { more: RelayedEvent[] }>()
  for (const { event, handler } of due) {
    const group = handlers[handler].loadBatch === undefined ? undefined : open.get(`${event.orgId} ${handler}`)
    if (group !== undefined && group.more.length + 1 < MOST_TOGETHER) {
      group.more.push(event)
      continue
    }
    const job = { event, handler, more: [] }
    open.set(`${event.orgId} ${handler}`, job)
    jobs.push(job)
  }
  return jobs
}

async function enqueue(due: Due[], { queues, firstRetryMs = FIRST_RETRY_MS }: RelayOptions): Promise<void> {
  for (const name of queueNames) {
    const jobs: Bulk[] = together(due.filter(({ handler }) => handlers[handler].queue === name)).map(({ event, handler, more }) => ({
      name: handler,
      data: { orgId: event.orgId, ...toldOf(event), handler, ...(more.length > 0 ? { more: more.map(toldOf) } : {}) },
      opts: {
        jobId: jobId(event, handler, more), attempts: ATTEMPTS, backoff: { type: 'exponential', delay: firstRetryMs, jitter: retryJitter },
        removeOnComplete: keepDone, removeOnFail: keepDead,
      },
    }))
    if (jobs.length > 0) await inTime(queues[name].addBulk(jobs))
  }
}

// A queue that hangs must not hold the claimed rows, and with them the snapshot every vacuum and seal waits for.
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('The queue did not take the jobs in time')), SEND_LIMIT_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Enqueues again what was relayed two minutes ago and is still not settled: a queue that was lost loses nothing. */
export async function sweep(options: RelayOptions, now: Date): Promise<number> {
  const owed = await unsettledEvents(new Date(now.getTime() - OWED_AFTER_MS), SWEEP_BATCH)
  const due: Due[] = []
  for (const event of owed.filter(isKnown)) {
    const open: Due[] = []
    for (const handler of subscriptions[event.name]) {
      if ((await receiptOf(event.orgId, event.id, handler)) === null) open.push({ event, handler })
    }
    if (open.length === 0) await settleEvent(event.orgId, event.id, subscriptions[event.name].length, now)
    due.push(...open)
  }
  for (const { event, handler, more } of together(due)) await dropFinished(options.queues[handlers[handler].queue], jobId(event, handler, more))
  await enqueue(due, options)
  if (due.length > 0) log.warn({ jobs: due.length }, 'jobs were enqueued again that nobody had answered')
  return due.length
}

// A job that ended without a receipt would make adding it again do nothing; one that waits or runs is left alone.
async function dropFinished(queue: JobQueue, id: string): Promise<void> {
  const job = await queue.getJob(id)
  if (job && ((await job.isFailed()) || (await job.isCompleted()))) await job.remove()
}

/** Shows how many events wait and for how long. */
export async function measureOutbox(now: Date): Promise<void> {
  const { waiting, oldestSeconds } = await outboxState(now)
  outboxWaiting.set(waiting)
  outboxOldestSeconds.set(oldestSeconds)
}

// A queue that died and came back may have forgotten what it was given: all that nobody answered is sent again.
// Jobs it still has keep their ids, so nothing is done twice.
async function heedNewLife(known: string | undefined, life: () => Promise<string | null>): Promise<string | undefined> {
  // Away is no answer: what needs no queue is relayed all the same.
  const now = await life().catch(() => null)
  if (now === null || now === known) return known
  const owed = await relayAgain()
  if (owed > 0) log.warn({ events: owed }, 'the queue is another one than before; what nobody answered is sent again')
  return now
}

/** Relays for as long as the process lives: NOTIFY wakes it, a poll is the net. `stop` waits for the batch in flight. */
export async function startRelay(options: RelayOptions): Promise<{ stop(): Promise<void> }> {
  let life: string | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  let failing = false
  const run = async () => {
    do {
      again = false
      try {
        if (options.life) life = await heedNewLife(life, options.life)
        await relayWaiting(options)
        if (failing) log.info('the relay relays again')
        failing = false
      } catch (error) {
        // Once, not twice a second for as long as the database or the queue is away.
        if (!failing) log.error({ err: error }, 'the relay cannot relay and keeps trying')
        failing = true
      }
    } while (again && !stopped && !failing)
  }
  const wake = () => {
    if (stopped) return
    again = true
    running ??= run().finally(() => { running = undefined })
  }
  const poll = setInterval(wake, POLL_MS)
  const deafen = await listen('clew_outbox', wake)
  wake()
  return {
    async stop() {
      stopped = true
      clearInterval(poll)
      await running
      await deafen()
    },
  }
}
