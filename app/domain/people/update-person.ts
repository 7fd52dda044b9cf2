import { and, eq } from 'drizzle-orm'
import { searchTokens } from '~/lib/search-tokens'
import { people } from '~db/schema'
import { command } from '../kernel'
import { UpdatePerson } from './contract'
import { openPerson } from './open-rows'

/** Corrects a person's name and title. An empty title is none. Refuses `not-found`. */
export const updatePerson = command({
  name: 'person.update',
  permission: 'leads:write',
  input: UpdatePerson,
  async run({ tx, ctx, input: { personId, name, title }, emit, audit }): Promise<void> {
    const before = await openPerson(tx, ctx, personId)
    const after = { name, title: title === '' ? null : title }
    const tokens = searchTokens(name, before.givenName, before.familyName)
    await tx.update(people).set({ ...after, tokens }).where(and(eq(people.orgId, ctx.orgId), eq(people.id, before.id)))
    if (before.title !== after.title) await emit('people.changed', { personId: before.id })
    await audit(before.id, { before: { name: before.name, title: before.title }, after })
  },
})
