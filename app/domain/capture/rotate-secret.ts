import { and, eq } from 'drizzle-orm'
import { encrypt } from '~/platform/crypto'
import { sources } from '~db/schema'
import { command } from '../kernel'
import { forgetSource, secretContext } from './connected-source'
import { connectorOf } from './connectors/registry'
import { OneSource } from './contract'
import { lockedPushSource } from './locked-source'

const OVERLAP_MS = 24 * 3_600_000

/**
 * Gives a source a new secret, shown this once; the former one counts for another 24 hours, so that nothing is
 * lost while the platform is told. Refuses `not-found`.
 */
export const rotateSecret = command({
  name: 'source.rotate-secret',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input, audit }): Promise<{ secret: string; formerUntil: Date }> {
    const source = await lockedPushSource(tx, ctx, input.sourceId)
    const secret = connectorOf(source.connector).newSecret()
    const formerUntil = new Date(ctx.now.getTime() + OVERLAP_MS)
    await tx.update(sources).set({ secret: encrypt(secret, secretContext(source.id)), previousSecret: source.secret, previousSecretUntil: formerUntil })
      .where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, source.id)))
    await audit(source.id, { before: { secret: source.secret }, after: { secret, expiresAt: formerUntil } })
    forgetSource(source.key)
    return { secret, formerUntil }
  },
})
