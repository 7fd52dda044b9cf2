import { sql } from 'drizzle-orm'
import { database } from '~db/client.server'

/** One sign of life of a worker. `metrics` is what it would show a scraper, in prom-client's JSON. */
export type Beat = { workerId: string; queueAnswers: boolean; metrics: object | null }

const GONE = '10 minutes'

/** Notes that a worker lives; those silent for ten minutes are forgotten. The database's clock counts. */
export async function beat({ workerId, queueAnswers, metrics }: Beat): Promise<void> {
  await database('worker').execute(sql`
    with gone as (delete from clew_ops.workers where seen_at < now() - ${GONE}::interval and id <> ${workerId})
    insert into clew_ops.workers (id, started_at, seen_at, queue_answers, metrics)
    values (${workerId}, now(), now(), ${queueAnswers}, ${metrics === null ? null : JSON.stringify(metrics)}::text::jsonb)
    on conflict (id) do update set seen_at = now(), queue_answers = excluded.queue_answers, metrics = coalesce(excluded.metrics, clew_ops.workers.metrics)`)
}

/** Takes a worker that ends in order off the list. */
export async function leave(workerId: string): Promise<void> {
  await database('worker').execute(sql`delete from clew_ops.workers where id = ${workerId}`)
}
