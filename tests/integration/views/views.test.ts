import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { changeView, deleteView, listViews, pinView, renameView, restoreView, saveView, setDefaultView } from '~/domain/views'
import { viewSearch } from '~/domain/views/vocabulary'
import type { Context } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { auditEntries, outbox, teams } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const asker = (stranger: TestOrganisation) => stranger.as('admin')
const aView = async (owner: TestOrganisation) => ({ viewId: (await saveView(await owner.as('admin'), { name: 'Hot', scope: 'organisation', search: 'f=stage.is.graded' })).viewId })
standingCases(saveView, { input: () => ({ name: 'Hot', search: '' }), foreign: 'names nothing', asker })
standingCases(changeView, { input: async (owner) => ({ ...(await aView(owner)), search: 'sort=won' }), asker })
standingCases(renameView, { input: async (owner) => ({ ...(await aView(owner)), name: 'Cold' }), asker })
standingCases(deleteView, { input: aView, asker })
standingCases(restoreView, { input: aView, asker })
standingCases(pinView, { input: async (owner) => ({ ...(await aView(owner)), pinned: true }), asker })
standingCases(setDefaultView, { input: aView, asker })
standingCases(listViews, { input: async (owner) => { await aView(owner); return {} }, asker, foreign: (views) => { expect(views).toEqual([]) } })

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const names = async (ctx: Context) => (await listViews(ctx, {})).map(({ name, isPinned, isDefault, mayChange }) => [name, isPinned, isDefault, mayChange])

describe('saved views', () => {
  it('are seen by whom they are for, changed by whom they belong to, and come back after deletion', async () => {
    const org = await anOrganisation()
    const teamId = newId('team')
    await asSuperuser((tx) => tx.insert(teams).values({ orgId: org.orgId, id: teamId, name: 'East', createdAt: NOON }))
    const [manager, li, zhao] = [await org.as('manager', { teamId }), await org.as('rep', { teamId }), await org.as('rep')]
    const mine = await saveView(li, { name: 'Mine', search: 'owner=me&cursor=x&peek=y&f=stage.is.won' })
    const ours = await saveView(manager, { name: 'Team', scope: 'team', search: 'layout=board' })
    await saveView(manager, { name: 'Everybody', scope: 'organisation', search: '' })
    expect(await refusal(saveView(li, { name: 'x', scope: 'organisation', search: '' }))).toBe('not-allowed')
    expect(await refusal(saveView(li, { name: 'x', search: 'f=nonsense' }))).toBe('invalid')
    expect(await refusal(saveView(zhao, { name: 'x', scope: 'team', search: '' }))).toBe('not-allowed')
    expect(await refusal(saveView(org.system, { name: 'x', search: '' }))).toBe('not-allowed')
    expect(await names(li)).toEqual([['Everybody', false, false, false], ['Mine', false, false, true], ['Team', false, false, false]])
    expect((await listViews(li, {}))[1]?.search).toBe('owner=me&f=stage.is.won')
    expect(await names(zhao)).toEqual([['Everybody', false, false, false]])
    expect(await refusal(changeView(li, { ...ours, search: '' }))).toBe('not-allowed')
    expect(await refusal(renameView(zhao, { ...mine, name: 'Theirs' }))).toBe('not-found')
    await pinView(li, { ...mine, pinned: true })
    await setDefaultView(li, { ...ours })
    await setDefaultView(li, { ...mine })
    await renameView(li, { ...mine, name: 'Won by me' })
    expect(await names(li)).toEqual([['Everybody', false, false, false], ['Team', false, false, false], ['Won by me', true, true, true]])
    await deleteView(li, mine)
    expect(await names(li)).toHaveLength(2)
    await restoreView(li, mine)
    expect((await names(li))[2]).toEqual(['Won by me', true, true, true])
    await setDefaultView(li, { viewId: null })
    await asSuperuser(async (tx) => {
      const log = await tx.select().from(auditEntries).where(and(eq(auditEntries.orgId, org.orgId), eq(auditEntries.subject, mine.viewId))).orderBy(auditEntries.id)
      expect(log.map(({ action }) => action)).toEqual(['view.save', 'view.pin', 'view.set-default', 'view.rename', 'view.delete', 'view.restore'].filter((name) => name !== 'view.set-default'))
      expect(await tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'view.changed')))).toHaveLength(9)
    })
  })

  it('keep of an address what a view is, in one order', () => {
    expect(viewSearch(new URLSearchParams('sort=-won&f=b.is.1&cursor=x&f=a.is.2&peek=lead_1&group=&q=li'))).toBe('q=li&f=b.is.1&f=a.is.2&sort=-won')
  })
})
