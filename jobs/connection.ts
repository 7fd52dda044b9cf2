import { createPostgresBackend, Queue as RedisQueue, Worker as RedisWorker, withBackend, type Job, type Processor } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { env } from '~/platform/env'
import { log } from '~/platform/log'
import { LOCK_MS, MOST_STALLS, queueNames, queues, STALLED_INTERVAL_MS, type QueueName } from './queues'
import type { JobPayload } from './run-job'

const onPostgres = withBackend(createPostgresBackend)

/** The part of BullMQ's queue and worker that is used here, the same on either backend. */
export type JobQueue = Pick<RedisQueue<JobPayload>, 'name' | 'addBulk' | 'getJob' | 'getJobCounts' | 'close'>
export type JobWorker = Pick<RedisWorker<JobPayload>, 'name' | 'close' | 'isRunning'>

/** BullMQ's connection for this process, on Redis where REDIS_URL says so and else on PostgreSQL. */
export type QueueConnection = {
  kind: 'postgres' | 'redis'
  openQueue(name: QueueName): JobQueue
  openWorker(name: QueueName, process: Processor<JobPayload>, failed: (job: Job<JobPayload> | undefined, error: Error) => void): JobWorker
  /** Which life of the queue this is: another answer means that what lay in it may be gone. Null where it never is. */
  life(): Promise<string | null>
  close(): Promise<void>
}

/** Opens the connection of `workers` worker queues and as many queues as are asked for. */
export function connectQueues(): QueueConnection {
  const { REDIS_URL } = env()
  return REDIS_URL === undefined ? connectPostgres() : connectRedis(REDIS_URL)
}

const ROLE = 'clew_worker'
const missing = (): never => {
  throw new Error('DATABASE_URL is not set; start the database first')
}
const heard = (where: string) => (error: Error) => log.warn({ err: error, where }, 'the queue does not answer')
const workerOptions = (name: QueueName) => ({
  concurrency: queues[name].concurrency, lockDuration: LOCK_MS, stalledInterval: STALLED_INTERVAL_MS, maxStalledCount: MOST_STALLS,
  // After a restart of the database BullMQ would wait 15 s before it looks again.
  runRetryDelay: 1_000,
})

function connectPostgres(): QueueConnection {
  const pool = new Pool(poolOptions())
  // Every queue and worker hears the pool's errors; ten, Node's default before it warns of a leak, are fewer than there are.
  pool.setMaxListeners(4 * queueNames.length)
  pool.on('error', heard('pool'))
  return {
    kind: 'postgres',
    openQueue(name) {
      const queue = new onPostgres.Queue<JobPayload>(name, { connection: pool })
      queue.on('error', heard(name))
      return queue as unknown as JobQueue
    },
    openWorker(name, process, failed) {
      const worker = new onPostgres.Worker<JobPayload>(name, process as never, { connection: pool, ...workerOptions(name) })
      worker.on('error', heard(name)).on('failed', failed as never)
      return worker as unknown as JobWorker
    },
    life: async () => null,
    close: () => pool.end(),
  }
}

/** BullMQ's functions live in the schema `bullmq`; a login that is not the worker's role becomes it. */
function poolOptions() {
  const { DATABASE_URL, DATABASE_WORKER_URL } = env()
  const address = new URL(DATABASE_WORKER_URL ?? DATABASE_URL ?? missing())
  const role = decodeURIComponent(address.username) === ROLE ? '' : `-c role=${ROLE}`
  // In the address, pg would let these win over ours and the search path be lost.
  const inAddress = address.searchParams.get('options') ?? ''
  address.searchParams.delete('options')
  return {
    connectionString: address.href,
    options: [inAddress, role, '-c search_path=bullmq'].filter((part) => part !== '').join(' '),
    // A worker holds one connection for LISTEN; the rest is shared.
    max: 2 * queueNames.length + 4,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'clew queue',
  }
}

function connectRedis(url: string): QueueConnection {
  const open: Redis[] = []
  let asking: Redis | undefined
  const redis = (failFast: boolean) => {
    // A relay that waits for Redis would hold its rows: it fails at once and is asked again. Workers wait.
    const client = new Redis(url, { maxRetriesPerRequest: failFast ? 1 : null, enableOfflineQueue: !failFast, retryStrategy: (times) => Math.min(times * 100, 1_000) })
    client.on('error', heard('redis'))
    open.push(client)
    return client
  }
  return {
    kind: 'redis',
    openQueue(name) {
      // It waits for the connection once: what it asks first would fail at once, and BullMQ remembers that failure for ever.
      const queue = new RedisQueue<JobPayload>(name, { connection: redis(true), prefix: 'clew' })
      queue.on('error', heard(name))
      return queue
    },
    openWorker(name, process, failed) {
      const worker = new RedisWorker<JobPayload>(name, process, { connection: redis(false), prefix: 'clew', ...workerOptions(name) })
      worker.on('error', heard(name)).on('failed', failed)
      return worker
    },
    life: async () => /^run_id:(\w+)/m.exec(await (asking ??= redis(true)).info('server'))?.[1] ?? null,
    close: async () => {
      for (const client of open) client.disconnect()
    },
  }
}
