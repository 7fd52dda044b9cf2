import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { systemContext, type Context } from '../../kernel'
import { recycleLeads, replanHolds, warnOfRecycling } from './recycle-leads'

const MOST_TURNS = 50

/** In every organisation: clocks by changed rules, warnings a day before, and what is due back into its pool. */
export async function recycleEverywhere(now: Date): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) {
    const ctx = systemContext(fromUuid('org', org), 'recycle-leads', now)
    for (const verb of [replanHolds, warnOfRecycling, recycleLeads]) await untilDone(ctx, verb)
  }
}

async function untilDone(ctx: Context, verb: (ctx: Context, input: object) => Promise<{ isDone: boolean }>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) if ((await verb(ctx, {})).isDone) return
}
