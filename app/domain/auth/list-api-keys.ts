import { desc, eq } from 'drizzle-orm'
import { query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import type { Id } from '~/lib/ids'
import { apiKeys } from '~db/schema/auth'

/** A key as a page may show it; the secret is gone. */
export type ShownApiKey = {
  id: Id<'key'>; name: string; prefix: string; scopes: string[]; createdAt: Date; expiresAt: Date | null; lastUsedAt: Date | null; state: 'active' | 'expired' | 'revoked'
}

/** The keys of the organisation, the newest first. */
export const listApiKeys = query({
  name: 'key.list',
  permission: 'keys:read',
  input: nothing,
  async run({ tx, ctx }): Promise<ShownApiKey[]> {
    const rows = await tx.select().from(apiKeys).where(eq(apiKeys.orgId, ctx.orgId)).orderBy(desc(apiKeys.createdAt)).limit(200)
    return rows.map(({ id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
      id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt,
      state: revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= ctx.now ? 'expired' : 'active',
    }))
  },
})
