import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { query } from '~/domain/kernel'
import { database } from '~db/client.server'
import { organisations } from '~db/schema'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'

useCommittedRows()

const mine = query({ name: 'test.mine', permission: 'settings:read', input: z.object({}), run: ({ tx }) => tx.select().from(organisations) })

describe('committed rows', () => {
  it('are seen by other connections, under row security', async () => {
    const acme = await anOrganisation({ name: 'Committed' })
    expect((await mine(acme.system, {})).map(({ name }) => name)).toEqual(['Committed'])
    const together = await Promise.all([1, 2, 3].map(() => mine(acme.system, {})))
    expect(together.flat()).toHaveLength(3)
    expect(await database().select().from(organisations)).toEqual([])
    await asSuperuser((tx) => tx.delete(organisations).where(eq(organisations.orgId, acme.orgId)))
  })
})
