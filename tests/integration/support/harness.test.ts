import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { command, query } from '~/domain/kernel'
import { database } from '~db/client.server'
import { organisations } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { rowsOf } from '~tests/support/standing-cases'

const rename = command({
  name: 'test.rename', permission: 'settings:write', input: z.object({ name: z.string(), fail: z.boolean().default(false) }),
  async run({ tx, ctx, input }) {
    const rows = await tx.update(organisations).set({ name: input.name }).where(eq(organisations.orgId, ctx.orgId)).returning()
    if (input.fail) throw new Error('after the change')
    return rows.length
  },
})
const names = query({
  name: 'test.names', permission: 'settings:read', input: z.object({}),
  run: async ({ tx }) => (await tx.select().from(organisations)).map((row) => row.name),
})
const secretWrite = query({
  name: 'test.secret-write', permission: 'settings:read', input: z.object({}),
  run: async ({ tx }) => { await tx.update(organisations).set({ name: 'changed by a query' }) },
})

describe('the harness', () => {
  it('runs verbs under their role and row security', async () => {
    const [acme, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })]
    expect(await names(acme.system, {})).toEqual(['Acme'])
    expect(await rename(other.system, { name: 'Else' })).toBe(1)
    expect(await names(acme.system, {})).toEqual(['Acme'])
    expect(await names(other.system, {})).toEqual(['Else'])
    const [who] = await database().execute<{ current_user: string }>(sql`select current_user`)
    expect(who?.current_user).toBe('clew_app')
    const [worker] = await database('worker').execute<{ current_user: string }>(sql`select current_user`)
    expect(worker?.current_user).toBe('clew_worker')
  })

  it('forgets the organisation after each transaction', async () => {
    const acme = await anOrganisation()
    await names(acme.system, {})
    expect(await database().select().from(organisations)).toEqual([])
    expect(await database().transaction((tx) => tx.select().from(organisations))).toEqual([])
  })

  it('takes back what a failing verb did, and goes on', async () => {
    const acme = await anOrganisation()
    await expect(rename(acme.system, { name: 'Never', fail: true })).rejects.toThrow('after the change')
    expect(await names(acme.system, {})).toEqual(['Acme'])
  })

  it('runs verbs that are asked at once one after the other', async () => {
    const acme = await anOrganisation()
    await Promise.all(['A', 'B', 'C'].map((name) => rename(acme.system, { name })))
    expect(await names(acme.system, {})).toEqual(['C'])
  })

  it('keeps queries from writing', async () => {
    const acme = await anOrganisation()
    await expect(secretWrite(acme.system, {})).rejects.toThrow()
    expect(await rename(acme.system, { name: 'Still writable' })).toBe(1)
  })

  it('sees a change of any row of an organisation', async () => {
    const acme = await anOrganisation()
    const before = await rowsOf(acme)
    await rename(acme.system, { name: 'B' })
    const after = await rowsOf(acme)
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual(['organisations'])
  })

  it('starts empty, whatever other tests wrote', async () => {
    expect(await asSuperuser((tx) => tx.select().from(organisations))).toEqual([])
  })

})
