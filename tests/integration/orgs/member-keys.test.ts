import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { memberOf } from '~/domain/kernel'
import { keysOf, setKeys } from '~/domain/orgs'
import { auditEntries } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

standingCases(keysOf, { input: () => ({}), asker: (stranger) => stranger.as('rep'), foreign: 'names nothing' })
standingCases(setKeys, { input: () => ({ enabled: false, keys: {} }), asker: (stranger) => stranger.as('rep'), foreign: 'names nothing' })

it('keeps a member’s own keys, refuses one key for two actions, and is nobody else’s', async () => {
  const org = await anOrganisation()
  const [li, wang] = [await org.as('rep'), await org.as('rep')]
  expect(await keysOf(li, {})).toEqual({ enabled: true, keys: {} })
  await setKeys(li, { enabled: true, keys: { j: 'f', k: 'k' } })
  expect(await keysOf(li, {})).toEqual({ enabled: true, keys: { j: 'f' } })
  await expect(setKeys(li, { enabled: true, keys: { j: 'k' } })).rejects.toMatchObject({ code: 'invalid', fields: { k: ['taken'] } })
  await setKeys(li, { enabled: true, keys: { j: 'k', k: 'j' } })
  for (const own of ['g', '?', 'jj', '中']) await expect(setKeys(li, { enabled: true, keys: { j: own } })).rejects.toMatchObject({ code: 'invalid' })
  await setKeys(li, { enabled: false, keys: {} })
  expect(await keysOf(li, {})).toEqual({ enabled: false, keys: {} })
  expect(await keysOf(wang, {})).toEqual({ enabled: true, keys: {} })
  const audited = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, memberOf(li.actor) ?? '')))
  expect(audited.filter(({ action }) => action === 'member.set-keys')).toHaveLength(3)
  await expect(keysOf(org.system, {})).rejects.toMatchObject({ code: 'not-allowed' })
})
