import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { systemContext, type Context } from '../../kernel'
import { keepMatchKeys } from './keep-match-keys'
import { learnMatchModel } from './learn-match-model'

const MOST_TURNS = 100

/** Gives keys to people without, in every organisation: at most 100,000 each in one go. */
export const keepAllMatchKeys = (now: Date): Promise<void> => inEach('keep-match-keys', now, async (ctx) => {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) if ((await keepMatchKeys(ctx, {})).isDone) return
})

/** Learns every organisation's own model anew. */
export const learnAllMatchModels = (now: Date): Promise<void> => inEach('learn-match-models', now, async (ctx) => void (await learnMatchModel(ctx, {})))

async function inEach(job: string, now: Date, work: (ctx: Context) => Promise<void>): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) await work(systemContext(fromUuid('org', org), job, now))
}
