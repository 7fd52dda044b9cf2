import { and, eq } from 'drizzle-orm'
import type { JsonValue } from '~/lib/json-big'
import { sources } from '~db/schema'
import { command, DomainError } from '../kernel'
import { foldQuestion } from './apply-field-mapping'
import { forgetSource } from './connected-source'
import { MapFields } from './contract'
import { fieldsInUse } from '../leads'
import { lockedSource } from './locked-source'
import { isOwnField } from './vocabulary'

/**
 * Says which answer of a source's forms belongs to which field. It counts for what comes from now on; what came is
 * read again by `replayDeliveries`. Refuses `not-found`, and `invalid` for a question that stands twice
 * or a field of one's own that is not there.
 */
export const mapFields = command({
  name: 'source.map-fields',
  permission: 'sources:write',
  input: MapFields,
  async run({ tx, ctx, input: { sourceId, rules }, audit }): Promise<{ rules: number }> {
    const source = await lockedSource(tx, ctx, sourceId)
    const before = source.settings as Record<string, JsonValue>
    const kept = rules.filter(({ field }) => field !== 'keep')
    if (new Set(kept.map(({ question }) => foldQuestion(question))).size < kept.length) throw new DomainError('invalid', { fields: { rules: ['taken'] } })
    const own = new Set((await fieldsInUse(tx)).map(({ key }) => `custom.${key}`))
    if (kept.some(({ field }) => isOwnField(field) && !own.has(field))) throw new DomainError('invalid', { fields: { rules: ['unknown-field'] } })
    const after = { ...before, fields: kept }
    await tx.update(sources).set({ settings: after }).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    await audit(sourceId, { before: { fields: before['fields'] ?? null }, after: { fields: kept } })
    forgetSource(source.key)
    return { rules: kept.length }
  },
})
