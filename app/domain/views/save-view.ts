import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { savedViews } from '~db/schema'
import { command, DomainError } from '../kernel'
import { ChangeView, OneView, RenameView, SaveView } from './contract'
import { changeableView, mayChange, placeFor, viewerOf, writeView } from './view-rows'

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
  async run({ input, ...work }): Promise<{ viewId: Id<'view'> }> {
    const view = await changeableView(work.tx, work.ctx, input.viewId)
    if (view.search === input.search) return { viewId: view.id }
    return writeView(work, view, { search: input.search, updatedAt: work.ctx.now }, { before: { search: view.search }, after: { search: input.search } })
  },
})

/** Names a view anew, or shares it. Refuses: not-found, not-allowed, invalid (no team). */
export const renameView = command({
  name: 'view.rename',
  permission: 'leads:read',
  input: RenameView,
  async run({ input, ...work }): Promise<{ viewId: Id<'view'> }> {
    const view = await changeableView(work.tx, work.ctx, input.viewId)
    const place = input.scope === undefined || input.scope === view.scope ? {} : placeFor(work.ctx, input.scope)
    const said = { before: { name: view.name, scope: view.scope }, after: { name: input.name, scope: input.scope ?? view.scope } }
    return writeView(work, view, { name: input.name, ...place, updatedAt: work.ctx.now }, said)
  },
})

/** Takes a view away; `restoreView` brings it back as it was, pins and all. Refuses: not-found, not-allowed. */
export const deleteView = command({
  name: 'view.delete',
  permission: 'leads:read',
  input: OneView,
  async run({ input, ...work }): Promise<{ viewId: Id<'view'> }> {
    const view = await changeableView(work.tx, work.ctx, input.viewId)
    return writeView(work, view, { deletedAt: work.ctx.now }, { before: { status: 'active' }, after: { status: 'deleted' } })
  },
})

/** Brings back a view that was taken away. Refuses: not-found, not-allowed. */
export const restoreView = command({
  name: 'view.restore',
  permission: 'leads:read',
  input: OneView,
  async run({ input, ...work }): Promise<{ viewId: Id<'view'> }> {
    const [view] = await work.tx.select().from(savedViews).where(eq(savedViews.id, input.viewId)).for('update')
    if (view === undefined) throw new DomainError('not-found')
    if (!mayChange(work.ctx, view)) throw new DomainError('not-allowed')
    if (view.deletedAt === null) return { viewId: view.id }
    return writeView(work, view, { deletedAt: null }, { before: { status: 'deleted' }, after: { status: 'active' } })
  },
})
