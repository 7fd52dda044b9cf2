import { desc, eq, inArray, or } from 'drizzle-orm'
import { isId, type Id } from '~/lib/ids'
import { members, merges, mergeSplits } from '~db/schema'
import { DomainError, query } from '../kernel'
import { openCompany, openPerson } from '../people'
import { MergeHistory } from './contract'
import { summariesOf, type RecordSummary } from './record-summaries'

/** A merge of the record: who went into whom, when and by whom, and since when it no longer stands. */
export type KeptMerge = { id: Id<'mrg'>; kept: RecordSummary; gone: RecordSummary; at: Date; actor: string | null; splitAt: Date | null }

/** Every merge that a person or a company had a part in, the newest first. Refuses `not-found`, also where not visible. */
export const mergeHistory = query({
  name: 'merge.history',
  permission: 'leads:read',
  input: MergeHistory,
  async run({ tx, ctx, input: { kind, id } }): Promise<KeptMerge[]> {
    if (!isId(kind === 'person' ? 'per' : 'co', id)) throw new DomainError('not-found')
    const { memberIds } = kind === 'person' ? await openPerson(tx, ctx, id as Id<'per'>) : await openCompany(tx, ctx, id as Id<'co'>)
    const about = kind === 'person'
      ? or(inArray(merges.keptPersonId, memberIds as Id<'per'>[]), inArray(merges.gonePersonId, memberIds as Id<'per'>[]))
      : or(inArray(merges.keptCompanyId, memberIds as Id<'co'>[]), inArray(merges.goneCompanyId, memberIds as Id<'co'>[]))
    const rows = await tx.select({ merge: merges, splitAt: mergeSplits.at }).from(merges).leftJoin(mergeSplits, eq(mergeSplits.mergeId, merges.id)).where(about).orderBy(desc(merges.at), desc(merges.id)).limit(100)
    const sides = rows.map(({ merge }) => [merge.keptPersonId ?? merge.keptCompanyId ?? '', merge.gonePersonId ?? merge.goneCompanyId ?? ''] as const)
    const known = await summariesOf(tx, ctx, kind, sides.flat())
    const actors = rows.flatMap(({ merge: { actorId } }) => (isId('mem', actorId) ? [actorId as Id<'mem'>] : []))
    const names = actors.length === 0 ? [] : await tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, actors))
    return rows.flatMap(({ merge, splitAt }, index) => {
      const [kept, gone] = (sides[index] ?? []).map((side) => known.get(side))
      if (kept === undefined || gone === undefined) return []
      return [{ id: merge.id, kept, gone, at: merge.at, actor: names.find((name) => name.id === merge.actorId)?.name ?? null, splitAt }]
    })
  },
})
