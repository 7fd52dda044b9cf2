import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { viewChoices } from '~db/schema'
import { command } from '../kernel'
import { PinView, SetDefaultView } from './contract'
import { lockedView, viewerOf } from './view-rows'

const key = [viewChoices.orgId, viewChoices.memberId, viewChoices.viewId]

/** Puts a view into one's sidebar, or takes it out. Refuses: not-found. */
export const pinView = command({
  name: 'view.pin',
  permission: 'leads:read',
  input: PinView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> }> {
    const view = await lockedView(tx, ctx, input.viewId)
    await tx.insert(viewChoices).values({ orgId: ctx.orgId, memberId: viewerOf(ctx), viewId: view.id, isPinned: input.pinned })
      .onConflictDoUpdate({ target: key, set: { isPinned: input.pinned } })
    await audit(view.id, { after: { status: input.pinned ? 'pinned' : 'unpinned' } })
    await emit('view.changed', { viewId: view.id })
    return { viewId: view.id }
  },
})

/** The view one's list opens with; null is all leads. Refuses: not-found. */
export const setDefaultView = command({
  name: 'view.set-default',
  permission: 'leads:read',
  input: SetDefaultView,
  async run({ tx, ctx, input, emit, audit }): Promise<{ viewId: Id<'view'> | null }> {
    const memberId = viewerOf(ctx)
    const view = input.viewId === null ? null : await lockedView(tx, ctx, input.viewId)
    await tx.update(viewChoices).set({ isDefault: false }).where(and(eq(viewChoices.memberId, memberId), eq(viewChoices.isDefault, true)))
    if (view !== null) {
      await tx.insert(viewChoices).values({ orgId: ctx.orgId, memberId, viewId: view.id, isDefault: true }).onConflictDoUpdate({ target: key, set: { isDefault: true } })
      await emit('view.changed', { viewId: view.id })
    }
    await audit(memberId, { after: { kind: view?.id ?? 'all' } })
    return { viewId: view?.id ?? null }
  },
})
