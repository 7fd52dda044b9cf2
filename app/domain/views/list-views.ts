import { and, asc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { members, savedViews, viewChoices } from '~db/schema'
import { query } from '../kernel'
import { nothing } from '../kernel/contract'
import { mayChange, usableViews, viewerOf } from './view-rows'
import type { ViewScope } from './vocabulary'

export type SavedView = { id: Id<'view'>; name: string; scope: ViewScope; search: string; owner: string; isPinned: boolean; isDefault: boolean; mayChange: boolean }

/** The views a member may use, theirs and those shared with them, by name. Refuses not-allowed for whoever is no member. */
export const listViews = query({
  name: 'view.list',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx }): Promise<SavedView[]> {
    const rows = await tx.select({ view: savedViews, choice: viewChoices, owner: members.name }).from(savedViews)
      .innerJoin(members, and(eq(members.orgId, savedViews.orgId), eq(members.id, savedViews.ownerId)))
      .leftJoin(viewChoices, and(eq(viewChoices.orgId, savedViews.orgId), eq(viewChoices.viewId, savedViews.id), eq(viewChoices.memberId, viewerOf(ctx))))
      .where(usableViews(ctx)).orderBy(asc(savedViews.name), asc(savedViews.id)).limit(200)
    return rows.map(({ view, choice, owner }) => ({
      id: view.id, name: view.name, scope: view.scope, search: view.search, owner, isPinned: choice?.isPinned ?? false, isDefault: choice?.isDefault ?? false, mayChange: mayChange(ctx, view),
    }))
  },
})
