import { sql } from 'drizzle-orm'
import { database } from '~db/client.server'

/** Work that comes back. One worker of all runs it, at most every `everyMs`; after a failure again within a minute. */
export type Recurring = { name: string; everyMs: number; run: (now: Date) => Promise<void> }

const RETRY_MS = 60_000

/** Runs the work if it is due and no other worker took it. Answers whether it ran; rethrows its failure. */
export async function runWhenDue({ name, everyMs, run }: Recurring, now: Date): Promise<boolean> {
  if (!(await take(name, everyMs))) return false
  try {
    await run(now)
    await note(name, null, everyMs)
    return true
  } catch (error) {
    await note(name, reasonOf(error), Math.min(everyMs, RETRY_MS))
    throw error
  }
}

/** Puts the next time off before the work starts: the row lock decides between workers, and a killed one is tried again then. */
async function take(name: string, everyMs: number): Promise<boolean> {
  const rows = await database('worker').execute(sql`
    insert into clew_ops.schedules as s (name, due_at, ran_at) values (${name}, now() + ${everyMs} * interval '1 millisecond', now())
    on conflict (name) do update set due_at = excluded.due_at, ran_at = now() where s.due_at <= now()
    returning 1`)
  return rows.length > 0
}

async function note(name: string, failure: string | null, nextMs: number): Promise<void> {
  await database('worker').execute(sql`
    update clew_ops.schedules set failure = ${failure}, due_at = ran_at + ${nextMs} * interval '1 millisecond',
      took_ms = extract(epoch from clock_timestamp() - ran_at) * 1000
    where name = ${name}`)
}

// Names and codes only: messages of drivers carry values of rows.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value'
  const { code } = error as Error & { code?: unknown }
  if (typeof code === 'string') return `${error.name} ${code}`
  return error.cause instanceof Error ? `${error.name}: ${reasonOf(error.cause)}` : error.name
}
