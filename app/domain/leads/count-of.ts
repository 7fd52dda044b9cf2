import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { leadsAndStages } from './lead-rows'

export const countedAtMost = 10_001

/** Runs a question under a time limit of its own; null where the database gave it up. The transaction goes on. */
export async function inTime<T>(tx: Tx, ms: number, ask: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    return await tx.transaction(async (inner) => {
      await inner.execute(sql`select set_config('statement_timeout', ${`${ms}`}, true)`)
      const answer = await ask(inner)
      await inner.execute(sql`select set_config('statement_timeout', '0', true)`)
      return answer
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if ((cause as { code?: unknown }).code === '57014') return null
    throw error
  }
}

/** The count of a predicate over `l` and `s`, up to 10,001. */
export async function countOf(tx: Tx, where: SQL): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from ${leadsAndStages} where ${where} limit ${countedAtMost}
    ) found`)
  return row?.n ?? 0
}
