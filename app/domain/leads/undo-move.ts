import { asc, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { stageMoves } from '~db/schema'
import { actorId, command, DomainError, type Context } from '../kernel'
import { UndoMove } from './contract'
import { lockedLead, stageOf } from './locked-lead'
import type { Moved } from './move-stage'
import { placeInQueue } from './place-in-queue'
import { foldMoves, startState, type StageMove } from './stage-state'
import { reopenCallbacks } from './task-writing'
import { writeStage } from './write-stage'

export const undoHours = 24
type MoveRow = typeof stageMoves.$inferSelect

/**
 * Takes back one's own newest move within 24 hours: a row that names the move, the state as it was before, the
 * revenue line reversed. The log keeps both. Refuses: not-found, not-allowed (another's move), undo-too-late
 * (older, or something has been moved since), other-lead-open. Undoing twice changes nothing.
 */
export const undoMove = command({
  name: 'lead.undo-move',
  permission: 'leads:write',
  input: UndoMove,
  async run({ tx, ctx, input, emit, audit }): Promise<Moved> {
    const wanted = await moveOf(tx, input.moveId)
    const lead = await lockedLead(tx, ctx, wanted.leadId)
    const before = await stageOf(tx, lead)
    const moves = await tx.select().from(stageMoves).where(eq(stageMoves.leadId, lead.id)).orderBy(asc(stageMoves.recordedAt), asc(stageMoves.id))
    const standing = effectiveMoves(moves)
    if (moves.some((move) => move.undoes === wanted.id)) return { moveId: null, version: lead.version, state: before }
    assertUndoable(ctx, wanted, standing.at(-1)?.id)
    const after = foldMoves(startState(lead.cameInAt, lead.isImported), standing.slice(0, -1).map(asMove))
    const moveId = newId('mov')
    await tx.insert(stageMoves).values({
      orgId: ctx.orgId, id: moveId, leadId: lead.id, fromStage: before.stage, toStage: after.stage, at: ctx.now,
      actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), undoes: wanted.id, recordedAt: ctx.now,
    })
    await reopenCallbacks(ctx, wanted.id, 'cancelled')
    const { version } = await writeStage(tx, ctx, lead, { before, after, moveId })
    await audit(lead.id, { before: { stage: before.stage }, after: { stage: after.stage } })
    await emit('lead.stage-moved', { leadId: lead.id, ownerId: lead.ownerId, from: before.stage, to: after.stage })
    await placeInQueue(ctx, [lead.id])
    return { moveId, version, state: after }
  },
})

async function moveOf(tx: Tx, moveId: Id<'mov'>): Promise<MoveRow> {
  const [row] = await tx.select().from(stageMoves).where(eq(stageMoves.id, moveId))
  if (row === undefined || row.undoes !== null) throw new DomainError('not-found')
  return row
}

/** Moves that stand: neither taken back nor themselves a taking back. */
export function effectiveMoves<M extends { id: Id<'mov'>; undoes: Id<'mov'> | null }>(moves: readonly M[]): M[] {
  const undone = new Set(moves.map(({ undoes }) => undoes))
  return moves.filter((move) => move.undoes === null && !undone.has(move.id))
}

function assertUndoable(ctx: Context, move: MoveRow, newest: Id<'mov'> | undefined): void {
  if (move.actorId !== actorId(ctx.actor)) throw new DomainError('not-allowed')
  const hours = (ctx.now.getTime() - move.recordedAt.getTime()) / 3_600_000
  if (hours > undoHours || move.id !== newest) throw new DomainError('undo-too-late', { params: { hours: undoHours } })
}

const asMove = (row: MoveRow): StageMove => ({
  to: row.toStage, at: row.at, reason: row.reason, grade: row.grade, amount: row.amount, currency: row.currency, month: row.expectedMonth, isImported: row.isImported,
})
