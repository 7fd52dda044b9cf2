import { and, eq } from 'drizzle-orm'
import { encrypt } from '~/platform/crypto'
import { sources } from '~db/schema'
import { command, DomainError } from '../kernel'
import { forgetSource, secretContext } from './connected-source'
import { RotateSecret } from './contract'
import { lockedPushSource } from './locked-source'

const OVERLAP_MS = 24 * 3_600_000

/**
 * Gives a source a new secret, shown this once; the former one counts for another 24 hours, so that nothing is
 * lost while the platform is told. One that the platform issued is brought along. Refuses `not-found`, and `invalid`
 * where the platform would not take it or none was brought.
 */
export const rotateSecret = command({
  name: 'source.rotate-secret',
  permission: 'sources:write',
  input: RotateSecret,
  async run({ tx, ctx, input, audit }): Promise<{ secret: string; formerUntil: Date }> {
    const { source, push } = await lockedPushSource(tx, ctx, input.sourceId)
    if (input.secret !== null && !push.checkSecret(input.secret)) throw new DomainError('invalid', { fields: { secret: ['not-a-secret'] } })
    const secret = input.secret ?? push.newSecret?.(source.key) ?? null
    if (secret === null) throw new DomainError('invalid', { fields: { secret: ['required'] } })
    const formerUntil = new Date(ctx.now.getTime() + OVERLAP_MS)
    await tx.update(sources).set({ secret: encrypt(secret, secretContext(source.id)), previousSecret: source.secret, previousSecretUntil: formerUntil })
      .where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, source.id)))
    await audit(source.id, { before: { secret: source.secret }, after: { secret, expiresAt: formerUntil } })
    forgetSource(source.key)
    return { secret, formerUntil }
  },
})
