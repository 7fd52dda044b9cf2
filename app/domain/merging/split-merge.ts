import { eq } from 'drizzle-orm'
import { merges } from '~db/schema'
import { command, DomainError } from '../kernel'
import { lockIntake } from '../people'
import { SplitMerge } from './contract'
import { companyKind, personKind } from './record-kind'
import { unmergeRecords, type Split } from './unmerge-records'

/**
 * Takes a merge back, for ever possible and in any order. Every row is as it was; what came meanwhile through the one
 * that goes, goes with it, the rest stays. Fields edited since stay edited unless `restore` names them.
 * Refuses: not-found (also where not visible), already-split.
 */
export const splitMerge = command({
  name: 'merge.split',
  permission: 'leads:write',
  input: SplitMerge,
  async run({ input, ...work }): Promise<Split> {
    await lockIntake(work.tx, work.ctx.orgId)
    const [found] = await work.tx.select({ kind: merges.kind }).from(merges).where(eq(merges.id, input.mergeId))
    if (found === undefined) throw new DomainError('not-found')
    return found.kind === 'person' ? unmergeRecords(work, personKind, input) : unmergeRecords(work, companyKind, input)
  },
})
