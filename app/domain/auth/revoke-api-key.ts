import { and, eq } from 'drizzle-orm'
import { command, DomainError } from '~/domain/kernel'
import { apiKeys } from '~db/schema/auth'
import { ApiKeyId } from './contract'

/** Ends a key at once; saying it twice changes nothing. Refuses `not-found`. */
export const revokeApiKey = command({
  name: 'key.revoke',
  permission: 'keys:write',
  input: ApiKeyId,
  async run({ tx, ctx, input, audit }) {
    const mine = and(eq(apiKeys.orgId, ctx.orgId), eq(apiKeys.id, input.keyId))
    const [key] = await tx.select({ revokedAt: apiKeys.revokedAt }).from(apiKeys).where(mine).for('update')
    if (key === undefined) throw new DomainError('not-found')
    if (key.revokedAt !== null) return { keyId: input.keyId }
    await tx.update(apiKeys).set({ revokedAt: ctx.now }).where(mine)
    await audit(input.keyId, { before: { revokedAt: null }, after: { revokedAt: ctx.now } })
    return { keyId: input.keyId }
  },
})
