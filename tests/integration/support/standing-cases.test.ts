import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { command, DomainError, query } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { organisations } from '~db/schema'
import { expectOtherOrganisationBlind, expectPermissionNeeded, standingCases } from '~tests/support/standing-cases'

const Named = z.object({ orgId: z.string(), name: z.string() })
const input = ({ orgId }: { orgId: string }) => ({ orgId, name: 'Changed' })

function renameNamed(more: { leak?: boolean; silent?: boolean } = {}) {
  return command({
    name: 'test.rename-named', permission: 'settings:write', input: Named,
    async run({ tx, input: { orgId, name } }) {
      if (more.leak === true) await tx.execute(sql`reset role`)
      const rows = await tx.update(organisations).set({ name }).where(eq(organisations.orgId, orgId as Id<'org'>)).returning()
      if (rows.length === 0 && more.silent !== true) throw new DomainError('not-found')
    },
  })
}
const all = query({ name: 'test.all', permission: 'settings:read', input: z.object({}), run: ({ tx }) => tx.select().from(organisations) })

standingCases(renameNamed(), { input })
standingCases(all, { input: () => ({}), foreign: (rows) => { expect(rows.map(({ name }) => name)).toEqual(['Stranger']) } })

describe('standing cases can fail', () => {
  it('at a verb that reaches over the fence', async () => {
    await expect(expectOtherOrganisationBlind(renameNamed({ leak: true }), { input })).rejects.toThrow('expected not-found')
  })

  it('at a verb that changes another organisation and then answers', async () => {
    await expect(expectOtherOrganisationBlind(renameNamed({ leak: true }), { input, foreign: () => undefined })).rejects.toThrow('stay as they were')
  })

  it('at a verb that says nothing about what it did not find', async () => {
    await expect(expectOtherOrganisationBlind(renameNamed({ silent: true }), { input })).rejects.toThrow('expected not-found')
  })

  it('at an input that names something though it is said not to', async () => {
    await expect(expectOtherOrganisationBlind(renameNamed(), { input, foreign: 'names nothing' })).rejects.toThrow('names something')
  })

  it('at a verb that asks for no permission', async () => {
    const open = Object.assign(() => Promise.resolve(1), { verb: 'test.open', permission: 'settings:read', kind: 'query' } as const)
    await expect(expectPermissionNeeded(open, { input: () => ({}) })).rejects.toThrow('expected not-allowed')
  })
})
