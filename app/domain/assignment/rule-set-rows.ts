import { eq } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { assignmentRuleSets } from '~db/schema'
import { noRules, RuleSet } from './contract'
import type { RuleSetState } from './vocabulary'

export type RuleSetRow = Omit<typeof assignmentRuleSets.$inferSelect, 'rules'> & { rules: RuleSet }

/** The draft or the published set; null where there is none. */
export async function ruleSetIn(tx: Tx, state: Exclude<RuleSetState, 'retired'>): Promise<RuleSetRow | null> {
  const [row] = await tx.select().from(assignmentRuleSets).where(eq(assignmentRuleSets.state, state))
  return row === undefined ? null : withRules(row)
}

// What was kept by an older version of Clew may lack what rules have today.
export function withRules(row: typeof assignmentRuleSets.$inferSelect): RuleSetRow {
  const read = RuleSet.safeParse(row.rules)
  return { ...row, rules: read.success ? read.data : noRules }
}
