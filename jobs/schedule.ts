import { makeDueReports } from '~/domain/analytics'
import { sweepAccounts } from '~/domain/auth'
import { forgetVisitorEvents, orderDueFetches, pullSources, reconcileSources, watchSources } from '~/domain/capture'
import { expireIdempotencyKeys, forgetSettledEvents } from '~/domain/kernel'
import { learnAllQueueRates, recycleEverywhere, revalueDueLeads } from '~/domain/leads'
import { forgetNotices, postToRobots, sendNotices, tellDueTasks } from '~/domain/notifications'
import { orderDueMails } from '~/domain/outreach'
import { ensurePartitions, runWhenDue, type Recurring } from '~/domain/operations'
import { keepAllMatchKeys, learnAllMatchModels, renewAllTokens } from '~/domain/people'
import { rescoreEverybody, scoreDueLeads } from '~/domain/scoring'
import { fireTimers } from '~/domain/sla'
import { systemClock } from '~/platform/clock'
import { log } from '~/platform/log'
import { measureOutbox, sweep, type RelayOptions } from './relay'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LOOK_MS = 1_000

/** All recurring work. When each ran last lies in the database, so neither a lost queue nor a restart forgets it. */
export const schedule = (relay: RelayOptions): Recurring[] => [
  { name: 'measure-outbox', everyMs: 5 * SECOND, run: measureOutbox },
  { name: 'sweep-outbox', everyMs: MINUTE, run: async (now) => void (await sweep(relay, now)) },
  { name: 'pull-sources', everyMs: MINUTE, run: async (now) => void (await pullSources(now)) },
  { name: 'watch-sources', everyMs: 5 * MINUTE, run: async (now) => void (await watchSources(now)) },
  { name: 'reconcile-sources', everyMs: HOUR, run: async (now) => void (await reconcileSources(now)) },
  { name: 'order-due-fetches', everyMs: 10 * SECOND, run: async (now) => void (await orderDueFetches(now)) },
  { name: 'order-due-mails', everyMs: 2 * SECOND, run: async (now) => void (await orderDueMails(now)) },
  { name: 'recycle-leads', everyMs: MINUTE, run: recycleEverywhere },
  { name: 'revalue-queue', everyMs: 5 * SECOND, run: async (now) => void (await revalueDueLeads(now)) },
  { name: 'score-due-leads', everyMs: 30 * SECOND, run: async (now) => void (await scoreDueLeads(now)) },
  { name: 'rescore-everybody', everyMs: 2 * SECOND, run: async () => void (await rescoreEverybody(() => systemClock.now())) },
  { name: 'learn-queue-rates', everyMs: 24 * HOUR, run: learnAllQueueRates },
  { name: 'fire-sla-timers', everyMs: 15 * SECOND, run: async (now) => void (await fireTimers(now)) },
  { name: 'tell-due-tasks', everyMs: 30 * SECOND, run: tellDueTasks },
  { name: 'send-notices', everyMs: 10 * SECOND, run: async (now) => void (await sendNotices(now)) },
  { name: 'post-to-robots', everyMs: 5 * SECOND, run: async (now) => void (await postToRobots(now)) },
  { name: 'make-daily-reports', everyMs: MINUTE, run: makeDueReports },
  { name: 'forget-notices', everyMs: 24 * HOUR, run: forgetNotices },
  { name: 'ensure-partitions', everyMs: 24 * HOUR, run: async (now) => void (await ensurePartitions(now)) },
  { name: 'sweep-accounts', everyMs: 24 * HOUR, run: sweepAccounts },
  { name: 'forget-settled-events', everyMs: 24 * HOUR, run: async (now) => void (await forgetSettledEvents(now)) },
  { name: 'forget-visitor-events', everyMs: 24 * HOUR, run: async (now) => void (await forgetVisitorEvents(now)) },
  { name: 'keep-match-keys', everyMs: HOUR, run: async (now) => void (await keepAllMatchKeys(now)) },
  { name: 'renew-tokens', everyMs: HOUR, run: renewAllTokens },
  { name: 'learn-match-models', everyMs: 24 * HOUR, run: async (now) => void (await learnAllMatchModels(now)) },
  { name: 'expire-idempotency-keys', everyMs: 24 * HOUR, run: async (now) => void (await expireIdempotencyKeys(now)) },
]

/** Looks every second what is due. `stop` waits for what runs. */
export function startSchedule(work: readonly Recurring[]): { stop(): Promise<void> } {
  const running = new Map<string, Promise<void>>()
  const look = () => {
    for (const item of work) {
      if (running.has(item.name)) continue
      running.set(item.name, attempt(item).finally(() => running.delete(item.name)))
    }
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(running.values())
    },
  }
}

const failing = new Set<string>()

async function attempt(item: Recurring): Promise<void> {
  try {
    if (await runWhenDue(item, systemClock.now())) failing.delete(item.name)
  } catch (error) {
    // Once, not every second for as long as the database is away.
    if (!failing.has(item.name)) log.error({ err: error, schedule: item.name }, 'recurring work failed')
    failing.add(item.name)
  }
}
