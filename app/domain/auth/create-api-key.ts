import { and, eq, isNull } from 'drizzle-orm'
import { command, DomainError, memberOf } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { apiKeys } from '~db/schema/auth'
import { apiKeyDigest, apiKeyPrefix, newApiKey } from './api-key-format'
import { CreateApiKey } from './contract'

/** Makes a key for another system. Its text is in the answer and nowhere else. Refuses `name-taken`, `invalid` for an end in the past. */
export const createApiKey = command({
  name: 'key.create',
  permission: 'keys:write',
  input: CreateApiKey,
  async run({ tx, ctx, input, audit }) {
    if (input.expiresAt !== null && input.expiresAt <= ctx.now) throw new DomainError('invalid', { fields: { expiresAt: ['past'] } })
    const [taken] = await tx.select({ id: apiKeys.id }).from(apiKeys)
      .where(and(eq(apiKeys.orgId, ctx.orgId), eq(apiKeys.name, input.name), isNull(apiKeys.revokedAt)))
    if (taken !== undefined) throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    const key = newApiKey()
    const row = {
      orgId: ctx.orgId, id: newId('key'), name: input.name, prefix: apiKeyPrefix(key), secretHash: apiKeyDigest(key), scopes: input.scopes,
      createdBy: memberOf(ctx.actor), createdAt: ctx.now, expiresAt: input.expiresAt,
    }
    await tx.insert(apiKeys).values(row)
    await audit(row.id, { after: { name: row.name, scopes: row.scopes, expiresAt: row.expiresAt } })
    return { keyId: row.id, key }
  },
})
