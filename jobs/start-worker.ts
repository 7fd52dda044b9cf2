import type { Job } from 'bullmq'
import { beat, leave, workerFigures } from '~/domain/operations'
import { newUuid } from '~/lib/ids'
import { log } from '~/platform/log'
import { connectQueues, type JobQueue, type QueueConnection } from './connection'
import { ATTEMPTS, queueNames, type QueueName } from './queues'
import { startRelay, type Queues } from './relay'
import { giveUp, runJob, type JobPayload } from './run-job'
import { schedule, startSchedule } from './schedule'

const BEAT_MS = 3_000
const FIGURES_EVERY = 5
const QUEUE_PATIENCE_MS = 2_000

export type RunningWorker = { queues: Queues; stop(): Promise<void> }

/** Starts relay, workers and schedule in this process. `firstRetryMs` is shorter in tests only. */
export async function startWorker(options: { firstRetryMs?: number } = {}): Promise<RunningWorker> {
  const connection = connectQueues()
  const queues = Object.fromEntries(queueNames.map((name) => [name, connection.openQueue(name)])) as Queues
  const workers = queueNames.map((name) => connection.openWorker(name, runJob, failed))
  const relay = await startRelay({ queues, life: connection.life, ...options })
  const recurring = startSchedule(schedule({ queues, ...options }))
  const pulse = startPulse(queues)
  log.info({ queue: connection.kind, workers: queueNames }, 'the worker works')
  return {
    queues,
    async stop() {
      await recurring.stop()
      await relay.stop()
      await Promise.all(workers.map((worker) => worker.close()))
      await pulse.stop()
      await closeAll(queues, connection)
    },
  }
}

async function closeAll(queues: Queues, connection: QueueConnection): Promise<void> {
  await Promise.all(Object.values(queues).map((queue: JobQueue) => queue.close()))
  await connection.close()
}

// runJob gives up what throws; here only what killed its process so often that BullMQ ended it. Of several events
// nobody knows which it was: the sweep tries each alone.
function failed(job: Job<JobPayload> | undefined, error: Error): void {
  if (!job || !/stalled/.test(error.message) || job.data.more !== undefined) return
  const gaveUp = new Error('stalled')
  gaveUp.name = 'StalledTooOften'
  giveUp(job.data, Math.max(job.attemptsMade, ATTEMPTS), gaveUp).catch((reason: unknown) => log.error({ err: reason }, 'a stalled job was not noted'))
}

/** Says every few seconds that this worker lives and whether its queue answers; readiness and metrics read it. */
function startPulse(queues: Queues): { stop(): Promise<void> } {
  const workerId = newUuid()
  let turns = 0
  let last: Promise<void> = Promise.resolve()
  const tick = () => {
    last = last.then(async () => {
      const metrics = turns++ % FIGURES_EVERY === 0 ? await workerFigures() : null
      await beat({ workerId, queueAnswers: await answers(queues), metrics })
    }).catch((error: unknown) => log.warn({ err: error }, 'no sign of life could be written'))
  }
  const timer = setInterval(tick, BEAT_MS)
  tick()
  return {
    async stop() {
      clearInterval(timer)
      await last
      await leave(workerId).catch(() => undefined)
    },
  }
}

async function answers(queues: Record<QueueName, JobQueue>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((done) => { timer = setTimeout(() => done(false), QUEUE_PATIENCE_MS) })
  try {
    return await Promise.race([queues.capture.getJobCounts('waiting').then(() => true), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
