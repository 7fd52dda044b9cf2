import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { savedViews } from '~db/schema'
import { command, DomainError } from '../kernel'
import { ChangeView, OneView, RenameView, SaveView } from './contract'
import { lockedView, mayChange, placeFor, viewerOf } from './view-rows'

/** Keeps a list under a name: for oneself, one's team or the organisation. Refuses: not-allowed (sharing), invalid (not a filter, no team). */
export const saveView = command({
  name: 'view.save',
  permission: 'leads:read',
  input: SaveView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const row = { orgId: ctx.orgId, id: newId('view'), name: input.name, search: input.search, ownerId: viewerOf(ctx), ...placeFor(ctx, input.scope), createdAt: ctx.now, updatedAt: ctx.now }
    await tx.insert(savedViews).values(row)
    await audit(row.id, { after: { name: row.name, scope: row.scope } })
    await emit('view.changed', { viewId: row.id })
    return { viewId: row.id }
  },
})

/** Writes what is seen over a view. Refuses: not-found, not-allowed (another's), invalid. */
export const changeView = command({
  name: 'view.change',
  permission: 'leads:read',
  input: ChangeView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const view = await lockedView(tx, ctx, input.viewId)
    if (!mayChange(ctx, view)) throw new DomainError('not-allowed')
    if (view.search === input.search) return { viewId: view.id }
    await tx.update(savedViews).set({ search: input.search, updatedAt: ctx.now }).where(eq(savedViews.id, view.id))
    await audit(view.id, { before: { search: view.search }, after: { search: input.search } })
    await emit('view.changed', { viewId: view.id })
    return { viewId: view.id }
  },
})

/** Names a view anew, or shares it. Refuses: not-found, not-allowed, invalid (no team). */
export const renameView = command({
  name: 'view.rename',
  permission: 'leads:read',
  input: RenameView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const view = await lockedView(tx, ctx, input.viewId)
    if (!mayChange(ctx, view)) throw new DomainError('not-allowed')
    const place = input.scope === undefined || input.scope === view.scope ? {} : placeFor(ctx, input.scope)
    await tx.update(savedViews).set({ name: input.name, ...place, updatedAt: ctx.now }).where(eq(savedViews.id, view.id))
    await audit(view.id, { before: { name: view.name, scope: view.scope }, after: { name: input.name, scope: input.scope ?? view.scope } })
    await emit('view.changed', { viewId: view.id })
    return { viewId: view.id }
  },
})

/** Takes a view away; `restoreView` brings it back as it was, pins and all. Refuses: not-found, not-allowed. */
export const deleteView = command({
  name: 'view.delete',
  permission: 'leads:read',
  input: OneView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const view = await lockedView(tx, ctx, input.viewId)
    if (!mayChange(ctx, view)) throw new DomainError('not-allowed')
    await tx.update(savedViews).set({ deletedAt: ctx.now }).where(eq(savedViews.id, view.id))
    await audit(view.id, { before: { status: 'active' }, after: { status: 'deleted' } })
    await emit('view.changed', { viewId: view.id })
    return { viewId: view.id }
  },
})

/** Brings back a view that was taken away. Refuses: not-found, not-allowed. */
export const restoreView = command({
  name: 'view.restore',
  permission: 'leads:read',
  input: OneView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const [view] = await tx.select().from(savedViews).where(eq(savedViews.id, input.viewId)).for('update')
    if (view === undefined) throw new DomainError('not-found')
    if (!mayChange(ctx, view)) throw new DomainError('not-allowed')
    if (view.deletedAt === null) return { viewId: view.id }
    await tx.update(savedViews).set({ deletedAt: null }).where(eq(savedViews.id, view.id))
    await audit(view.id, { before: { status: 'deleted' }, after: { status: 'active' } })
    await emit('view.changed', { viewId: view.id })
    return { viewId: view.id }
  },
})
