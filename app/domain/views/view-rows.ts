import { and, eq, isNull, or } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { savedViews } from '~db/schema'
import { can, DomainError, memberOf, type Audit, type Context, type Emit } from '../kernel'
import type { ViewScope } from './vocabulary'

export type ViewRow = typeof savedViews.$inferSelect

/** The member who looks. Views belong to people: a key or a job has none. Refuses not-allowed. */
export function viewerOf(ctx: Context): Id<'mem'> {
  const member = ctx.actor.kind === 'user' ? memberOf(ctx.actor) : null
  if (member === null) throw new DomainError('not-allowed')
  return member
}

const teamOf = (ctx: Context): Id<'team'> | null => (ctx.actor.kind === 'user' ? ctx.actor.teamId : null)

/** Views a member may use: their own, their team's, the organisation's. */
export function usableViews(ctx: Context) {
  const team = teamOf(ctx)
  return and(
    isNull(savedViews.deletedAt),
    or(eq(savedViews.ownerId, viewerOf(ctx)), eq(savedViews.scope, 'organisation'), team === null ? undefined : and(eq(savedViews.scope, 'team'), eq(savedViews.teamId, team))),
  )
}

/** One of them, locked. Refuses not-found. */
export async function lockedView(tx: Tx, ctx: Context, viewId: Id<'view'>): Promise<ViewRow> {
  const [row] = await tx.select().from(savedViews).where(and(eq(savedViews.id, viewId), usableViews(ctx))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}

/** One of them that the member may change. Refuses not-found, not-allowed (another's). */
export async function changeableView(tx: Tx, ctx: Context, viewId: Id<'view'>): Promise<ViewRow> {
  const view = await lockedView(tx, ctx, viewId)
  if (!mayChange(ctx, view)) throw new DomainError('not-allowed')
  return view
}

/** Whether a member may change a view: their own; shared ones also by whoever assigns leads. */
export const mayChange = (ctx: Context, view: Pick<ViewRow, 'ownerId' | 'scope'>): boolean =>
  view.ownerId === memberOf(ctx.actor) || (view.scope !== 'personal' && can(ctx.actor, 'leads:assign'))

/** Views of more than oneself are made by those who assign leads; a team's needs a team. */
export function placeFor(ctx: Context, scope: ViewScope): { scope: ViewScope; teamId: Id<'team'> | null } {
  if (scope !== 'personal' && !can(ctx.actor, 'leads:assign')) throw new DomainError('not-allowed')
  const teamId = scope === 'team' ? teamOf(ctx) : null
  if (scope === 'team' && teamId === null) throw new DomainError('invalid', { fields: { scope: ['no-team'] } })
  return { scope, teamId }
}

type Work = { tx: Tx; ctx: Context; audit: Audit; emit: Emit }

/** Writes a view that may be changed, its audit row and its event: every change of one ends here. */
export async function writeView({ tx, audit, emit }: Work, view: ViewRow, set: Partial<ViewRow>, said: Parameters<Audit>[1]): Promise<{ viewId: Id<'view'> }> {
  await tx.update(savedViews).set(set).where(eq(savedViews.id, view.id))
  await audit(view.id, said)
  await emit('view.changed', { viewId: view.id })
  return { viewId: view.id }
}
