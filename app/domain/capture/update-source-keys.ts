import { and, eq } from 'drizzle-orm'
import type { JsonValue } from '~/lib/json-big'
import { decrypt } from '~/platform/crypto'
import { sources } from '~db/schema'
import { command, DomainError } from '../kernel'
import { forgetSource, secretContext } from './connected-source'
import { connectorOf, isMappedConnector } from './connectors/registry'
import { UpdateSourceKeys } from './contract'
import { sealedKeys } from './create-source'
import { lockedSource } from './locked-source'
import { wakeFetches } from './order-again'
import { fillFields } from './source-fields'

/**
 * Changes the keys and settings of a source by its connector's fields. An empty secret keeps what is stored; an empty
 * text takes the setting away. Leads that were refused are asked for again. The log names what changed, never what it says. Refuses `not-found`, and `invalid` as
 * `createSource` does.
 */
export const updateSourceKeys = command({
  name: 'source.update-keys',
  permission: 'sources:write',
  input: UpdateSourceKeys,
  async run({ tx, ctx, input: { sourceId, keys }, audit }): Promise<{ changed: string[] }> {
    const source = await lockedSource(tx, ctx, sourceId)
    if (!isMappedConnector(source.connector)) throw new DomainError('not-found')
    const { fields } = connectorOf(source.connector)
    const context = secretContext(source.id)
    const stored = source.keys === null ? {} : (JSON.parse(decrypt(source.keys, context)) as Record<string, string>)
    const secrets = new Set(fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name))
    const given = Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, value === '' && secrets.has(name) ? (stored[name] ?? '') : value]))
    // A stored secret that was not even asked about stays as well: what another release added is not lost.
    const filled = fillFields(fields, { ...Object.fromEntries(Object.entries(stored).filter(([name]) => secrets.has(name))), ...given })
    const before = source.settings as Record<string, JsonValue>
    const others = Object.entries(before).filter(([name]) => !fields.some((field) => field.name === name))
    const settings: Record<string, JsonValue> = { ...Object.fromEntries(others), ...filled.settings }
    const after = { ...stored, ...filled.keys }
    await tx.update(sources).set({ keys: sealedKeys(source.id, after), settings }).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    await audit(sourceId, { before: { ...before, ...stored }, after: { ...settings, ...after } })
    forgetSource(source.key)
    await wakeFetches(tx, ctx, sourceId)
    return { changed: fields.map(({ name }) => name).filter((name) => after[name] !== stored[name] || settings[name] !== before[name]) }
  },
})
