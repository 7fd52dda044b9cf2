import { asc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { dispositions } from '~db/schema'
import { query, type Context } from '../kernel'
import { OutcomeChoices } from './contract'
import { usualOutcomes, type JunkReason, type NextStepRule, type Outcome } from './vocabulary'

/** An outcome to choose from. Without an id it is one of the usual ones; without labels it is called like its base. */
export type OutcomeChoice = {
  id: Id<'dsp'> | null; outcome: Outcome; labels: { en: string | null; 'zh-CN': string | null } | null
  counts: boolean; isTwoWay: boolean; nextStep: NextStepRule; junkReason: JunkReason | null; isArchived: boolean
}

/** The outcomes of this organisation in its order; keys 1 to 6 take the first six. `all` has the archived ones too. */
export const outcomeChoices = query({
  name: 'disposition.list',
  permission: 'leads:read',
  input: OutcomeChoices,
  run: ({ tx, ctx, input }): Promise<OutcomeChoice[]> => choicesIn(tx, ctx, input?.all ?? false),
})

export async function choicesIn(tx: Tx, { orgId }: Pick<Context, 'orgId'>, all: boolean): Promise<OutcomeChoice[]> {
  const rows = await tx.select().from(dispositions).where(eq(dispositions.orgId, orgId)).orderBy(asc(dispositions.position), asc(dispositions.id))
  if (rows.length === 0) return usualOutcomes.map((usual) => ({ ...usual, id: null, labels: null, junkReason: null, isArchived: false }))
  return rows.filter(({ archivedAt }) => all || archivedAt === null).map(({ id, outcome, labelEn, labelZh, counts, isTwoWay, nextStep, junkReason, archivedAt }) => ({
    id, outcome, labels: labelEn === null && labelZh === null ? null : { en: labelEn, 'zh-CN': labelZh }, counts, isTwoWay, nextStep, junkReason, isArchived: archivedAt !== null,
  }))
}
