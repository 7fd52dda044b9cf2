import { sql } from 'drizzle-orm'
import { database } from '~db/client.server'

/** Makes the partitions of this month and the next three where they are missing. Answers how many. */
export async function ensurePartitions(now: Date): Promise<number> {
  const [row] = await database('worker').execute<{ made: number }>(sql`
    select clew_ops.ensure_partitions(${now.toISOString()}::timestamptz) as made`)
  return row?.made ?? 0
}
