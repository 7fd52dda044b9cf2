import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createApiKey, keyActor, listApiKeys, revokeApiKey } from '~/domain/auth'
import { can } from '~/domain/kernel'
import { apiKeys, auditEntries } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const MINUTE = 60_000
const aKey = (owner: TestOrganisation, more: { name?: string; expiresAt?: Date } = {}) => createApiKey(owner.system, { name: 'Zapier', scopes: ['leads:read', 'leads:write'], ...more })

describe('createApiKey', () => {
  standingCases(createApiKey, { input: () => ({ name: 'Zapier', scopes: ['leads:read'] }), foreign: 'names nothing' })

  it('shows the key once, keeps its SHA-256, and says so in the log without it', async () => {
    const org = await anOrganisation()
    const ctx = await org.as('admin')
    const { key, keyId } = await createApiKey(ctx, { name: 'Zapier', scopes: ['leads:read', 'leads:read', 'reports:read'] })
    const [kept] = await asSuperuser((tx) => tx.execute<{ row: string }>(sql`select k::text as row from api_keys k where name = 'Zapier'`))
    expect(kept?.row).not.toContain(key.slice(15))
    expect(await listApiKeys(ctx, {})).toMatchObject([{ id: keyId, name: 'Zapier', prefix: key.slice(0, 14), scopes: ['leads:read', 'reports:read'], state: 'active', lastUsedAt: null }])
    const audit = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)))
    expect(audit).toMatchObject([{ action: 'key.create', subject: keyId }])
    expect(JSON.stringify(audit)).not.toContain(key.slice(15))
  })

  it('refuses a second active key of a name, an end in the past, no scope and an unknown one', async () => {
    const org = await anOrganisation()
    await aKey(org)
    await expect(aKey(org)).rejects.toMatchObject({ code: 'name-taken' })
    await expect(aKey(org, { name: 'B', expiresAt: NOON })).rejects.toMatchObject({ code: 'invalid', fields: { expiresAt: ['past'] } })
    await expect(createApiKey(org.system, { name: 'C', scopes: [] })).rejects.toMatchObject({ code: 'invalid' })
    await expect(createApiKey(org.system, { name: 'D', scopes: ['members:write' as 'leads:read'] })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('keyActor', () => {
  it('speaks for the organisation with exactly its scopes', async () => {
    const org = await anOrganisation()
    const { key, keyId } = await aKey(org)
    const known = await keyActor(key, NOON)
    expect(known).toMatchObject({ orgId: org.orgId, actor: { kind: 'apiKey', keyId } })
    if (known === null) return
    expect([can(known.actor, 'leads:write'), can(known.actor, 'reports:read'), can(known.actor, 'keys:write')]).toEqual([true, false, false])
  })

  it('notes its use once a minute', async () => {
    const org = await anOrganisation()
    const { key } = await aKey(org)
    const usedAt = async () => (await asSuperuser((tx) => tx.select().from(apiKeys).where(eq(apiKeys.orgId, org.orgId))))[0]?.lastUsedAt
    for (const [after, noted] of [[0, 0], [59_000, 0], [MINUTE, MINUTE], [MINUTE + 30_000, MINUTE]] as const) {
      await keyActor(key, new Date(NOON.getTime() + after))
      expect(await usedAt()).toEqual(new Date(NOON.getTime() + noted))
    }
  })

  it('ends with its day', async () => {
    const org = await anOrganisation()
    const { key } = await aKey(org, { expiresAt: new Date(NOON.getTime() + MINUTE) })
    expect(await keyActor(key, new Date(NOON.getTime() + MINUTE - 1))).not.toBeNull()
    expect(await keyActor(key, new Date(NOON.getTime() + MINUTE))).toBeNull()
  })

  it('knows no altered, cut or invented key', async () => {
    const { key } = await aKey(await anOrganisation())
    for (const bad of [key.slice(0, -1), key.toLowerCase(), `${key}x`, key.replace('live', 'test'), 'clew_live_', '', 'x'.repeat(300)]) expect(await keyActor(bad, NOON)).toBeNull()
  })
})

describe('revokeApiKey', () => {
  standingCases(revokeApiKey, { input: async (owner) => ({ keyId: (await aKey(owner)).keyId }) })

  it('ends a key at once, keeps its name free for another, and twice changes nothing', async () => {
    const org = await anOrganisation()
    const { key, keyId } = await aKey(org)
    await revokeApiKey(org.system, { keyId })
    await revokeApiKey({ ...org.system, now: new Date(NOON.getTime() + MINUTE) }, { keyId })
    expect(await keyActor(key, NOON)).toBeNull()
    await aKey(org)
    expect((await listApiKeys(org.system, {})).map(({ state }) => state).sort()).toEqual(['active', 'revoked'])
    const audit = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, keyId)))
    expect(audit.map(({ action }) => action).sort()).toEqual(['key.create', 'key.revoke'])
  })
})

describe('listApiKeys', () => {
  standingCases(listApiKeys, { input: async (owner) => { await aKey(owner); return {} }, foreign: (keys) => expect(keys).toEqual([]) })
})
