/** How a queue works. `concurrency` is per worker process; above 10 PostgreSQL gains nothing. */
export type QueueSpec = { concurrency: number; timeLimitMs: number }

/** Every queue. A slow reaction must not hold up the way from a delivery to its lead. */
export const queues = {
  capture: { concurrency: 8, timeLimitMs: 60_000 },
  fetches: { concurrency: 4, timeLimitMs: 60_000 },
  reactions: { concurrency: 4, timeLimitMs: 60_000 },
  mails: { concurrency: 2, timeLimitMs: 120_000 },
  matching: { concurrency: 1, timeLimitMs: 300_000 },
  imports: { concurrency: 2, timeLimitMs: 1_800_000 },
} as const satisfies Record<string, QueueSpec>
export type QueueName = keyof typeof queues
export const queueNames = Object.keys(queues) as QueueName[]

/** 8 tries with growing pauses: 1, 2, 4 … 64 s, each shortened at random by up to half. */
export const ATTEMPTS = 8
export const FIRST_RETRY_MS = 1_000
export const retryJitter = 0.5

/** Finished jobs stay for the board, and so that an event relayed twice is one job. Receipts are what counts. */
export const keepDone = { age: 3_600, count: 2_000 } as const
export const keepDead = { age: 30 * 86_400, count: 5_000 } as const

/** A killed worker's jobs are taken over within these. A job that dies with its process eight times is given up. */
export const LOCK_MS = 10_000
export const STALLED_INTERVAL_MS = 5_000
export const MOST_STALLS = 8
