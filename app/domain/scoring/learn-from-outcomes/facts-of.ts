import type { Id } from '~/lib/ids'
import { inTransaction, type Context } from '../../kernel'
import type { LeadFacts } from '../lead-facts'
import { readFacts } from '../read-facts'

const AT_ONCE = 500
/** What had happened a day after a lead came in is what a card could have known of it. */
export const HOURS_AFTER = 24

/** Facts of any number of leads, some hundred at a time, so that others are served between. Leads nobody may profile have none. */
export async function factsOf(ctx: Context, leadIds: readonly Id<'lead'>[], hoursAfter?: number, told: (done: number) => Promise<unknown> = () => Promise.resolve()): Promise<Map<Id<'lead'>, LeadFacts>> {
  const found = new Map<Id<'lead'>, LeadFacts>()
  for (let from = 0; from < leadIds.length; from += AT_ONCE) {
    const facts = await inTransaction(ctx, 'read only', (tx) => readFacts({ ...ctx, tx }, leadIds.slice(from, from + AT_ONCE), hoursAfter === undefined ? {} : { hoursAfter }))
    for (const each of facts) if (!each.hasObjection) found.set(each.leadId, each)
    await told(Math.min(leadIds.length, from + AT_ONCE))
  }
  return found
}
