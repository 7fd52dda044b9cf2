import { and, asc, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { dispositions, organisations } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { ArchiveDisposition, KeepDisposition, PlaceDisposition } from './contract'
import { usualOutcomes } from './vocabulary'

type Row = typeof dispositions.$inferSelect
const mostKept = 40
const shown = ({ outcome, labelEn, labelZh, counts, isTwoWay, nextStep, junkReason }: Pick<Row, 'outcome' | 'labelEn' | 'labelZh' | 'counts' | 'isTwoWay' | 'nextStep' | 'junkReason'>) => ({
  outcome, labelEn, labelZh, counts: `${counts}`, isTwoWay, nextStep, junkReason,
})

/**
 * Adds an outcome to the organisation's list, or changes one. The first change writes today's six down. What was logged
 * keeps what held then. Refuses: not-found, invalid (more than 40, or two-way without counting).
 */
export const keepDisposition = command({
  name: 'disposition.keep',
  permission: 'settings:write',
  input: KeepDisposition,
  async run({ tx, ctx, input, audit }): Promise<{ dispositionId: Id<'dsp'> }> {
    const { dispositionId, ...facts } = input
    if (facts.isTwoWay && !facts.counts) throw new DomainError('invalid', { fields: { counts: ['two-way-counts'] } })
    const rows = await listed(tx, ctx)
    if (dispositionId === undefined) {
      if (rows.length >= mostKept) throw new DomainError('invalid', { fields: { outcome: ['too-many'] } })
      const id = newId('dsp')
      await tx.insert(dispositions).values({ orgId: ctx.orgId, id, position: (rows.at(-1)?.position ?? 0) + 1, createdAt: ctx.now, ...facts })
      await audit(id, { after: shown(facts) })
      return { dispositionId: id }
    }
    const before = found(rows, dispositionId)
    await tx.update(dispositions).set(facts).where(and(eq(dispositions.orgId, ctx.orgId), eq(dispositions.id, dispositionId)))
    await audit(dispositionId, { before: shown(before), after: shown(facts) })
    return { dispositionId }
  },
})

/** Moves an outcome one place up or down among those that are not archived. Refuses: not-found. */
export const placeDisposition = command({
  name: 'disposition.place',
  permission: 'settings:write',
  input: PlaceDisposition,
  async run({ tx, ctx, input, audit }): Promise<{ position: number }> {
    const rows = await listed(tx, ctx)
    const own = found(rows, input.dispositionId)
    const standing = rows.filter(({ archivedAt }) => archivedAt === null)
    const place = standing.indexOf(own)
    const other = place < 0 ? undefined : standing[place + (input.direction === 'up' ? -1 : 1)]
    if (other === undefined) return { position: own.position }
    const put = (id: Id<'dsp'>, position: number) => tx.update(dispositions).set({ position }).where(and(eq(dispositions.orgId, ctx.orgId), eq(dispositions.id, id)))
    await put(own.id, other.position)
    await put(other.id, own.position)
    await audit(own.id, { before: { version: own.position }, after: { version: other.position } })
    return { position: other.position }
  },
})

/** Takes an outcome off the list, or puts it back. History keeps its name. Refuses: not-found, conflict (the last one). */
export const archiveDisposition = command({
  name: 'disposition.archive',
  permission: 'settings:write',
  input: ArchiveDisposition,
  async run({ tx, ctx, input, audit }): Promise<{ archivedAt: Date | null }> {
    const rows = await listed(tx, ctx)
    const own = found(rows, input.dispositionId)
    if ((own.archivedAt !== null) === input.isArchived) return { archivedAt: own.archivedAt }
    if (input.isArchived && rows.filter(({ archivedAt }) => archivedAt === null).length === 1) throw new DomainError('conflict')
    const archivedAt = input.isArchived ? ctx.now : null
    await tx.update(dispositions).set({ archivedAt }).where(and(eq(dispositions.orgId, ctx.orgId), eq(dispositions.id, own.id)))
    await audit(own.id, { before: { status: own.archivedAt === null ? 'active' : 'archived' }, after: { status: input.isArchived ? 'archived' : 'active' } })
    return { archivedAt }
  },
})

/** Writes today's six down where the organisation has no list yet, so that each can be changed. Does nothing twice. */
export const adoptDispositions = command({
  name: 'disposition.adopt',
  permission: 'settings:write',
  input: KeepDisposition.pick({}).optional(),
  async run({ tx, ctx, audit }): Promise<{ count: number }> {
    const before = await tx.$count(dispositions, eq(dispositions.orgId, ctx.orgId))
    const rows = await listed(tx, ctx)
    if (before === 0) await audit(ctx.orgId, { after: { counts: `${rows.length}` } })
    return { count: rows.length }
  },
})

/** The whole list in order, behind a lock on the organisation, and with the usual ones where nothing was written yet. */
async function listed(tx: Tx, ctx: Context): Promise<Row[]> {
  await tx.select({ id: organisations.orgId }).from(organisations).where(eq(organisations.orgId, ctx.orgId)).for('update')
  const read = () => tx.select().from(dispositions).where(eq(dispositions.orgId, ctx.orgId)).orderBy(asc(dispositions.position), asc(dispositions.id))
  const rows = await read()
  if (rows.length > 0) return rows
  await tx.insert(dispositions).values(usualOutcomes.map((usual, index) => ({ orgId: ctx.orgId, id: newId('dsp'), position: index + 1, createdAt: ctx.now, ...usual })))
  return read()
}

function found(rows: readonly Row[], id: Id<'dsp'>): Row {
  const row = rows.find((each) => each.id === id)
  if (row === undefined) throw new DomainError('not-found')
  return row
}
