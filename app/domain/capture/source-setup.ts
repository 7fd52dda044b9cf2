import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { JsonValue } from '~/lib/json-big'
import { sources } from '~db/schema'
import { DomainError, query } from '../kernel'
import { fieldRulesOf } from './apply-field-mapping'
import { openKeys } from './connected-source'
import { connectorFields, type AskedField, type ConnectorNeeds } from './connector-fields'
import { isMappedConnector } from './connectors/registry'
import { OneSource } from './contract'
import type { FieldRule } from './vocabulary'

/** `value` is null for secrets, which are never answered; `isSet` says whether there is one. */
export type SetField = AskedField & { isSet: boolean; value: string | null }
export type SourceSetup = Omit<ConnectorNeeds, 'fields'> & { fields: SetField[]; rules: FieldRule[]; campaignId: Id<'cmp'> | null }

/** How a source is set up: its settings, which keys it has, its field mapping. Refuses `not-found`, also for sources fed from inside. */
export const sourceSetup = query({
  name: 'source.setup',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<SourceSetup> {
    const [row] = await tx.select().from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    if (!row || !isMappedConnector(row.connector)) throw new DomainError('not-found')
    const settings = row.settings as Record<string, JsonValue>
    const { keys } = openKeys(sourceId, { secret: null, keys: row.keys, previous_secret: null, previous_secret_until: null, settings })
    const needs = connectorFields(row.connector)
    const fields = needs.fields.map((field): SetField => {
      if (field.kind === 'secret') return { ...field, isSet: (keys[field.name] ?? '') !== '', value: null }
      const value = settings[field.name]
      return { ...field, isSet: value !== undefined, value: value === undefined || value === null ? null : String(value as string | boolean) }
    })
    return { ...needs, fields, rules: fieldRulesOf(settings), campaignId: row.campaignId }
  },
})
