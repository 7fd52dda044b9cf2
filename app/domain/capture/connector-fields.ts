import type { KeyField, Push } from './connectors/connector'
import { connectorOf } from './connectors/registry'
import type { MappedConnectorName } from './vocabulary'

/** A field of a connector as a page asks for it. */
export type AskedField = Pick<KeyField, 'name' | 'kind' | 'isRequired'> & { isMade: boolean; fallback: string | null }
/**
 * What connecting a platform asks for. `secret`: `ours` is made when left empty, `theirs` must be brought, `optional`
 * may be, null where nothing is signed. `mayTest`: a test can be sent that is no lead. `isPushed`: the platform needs our address.
 */
export type ConnectorNeeds = { isPushed: boolean; secret: 'ours' | 'theirs' | 'optional' | null; mayTest: boolean; fields: AskedField[]; standing: 'vendor' | 'third-party' | 'partly' }

/** What a connector needs to be connected; no secrets in it. */
export function connectorFields(name: MappedConnectorName): ConnectorNeeds {
  const { push, fields, standing } = connectorOf(name)
  return {
    isPushed: push !== undefined, secret: push === undefined ? null : secretOf(push),
    mayTest: push !== undefined && push.sample !== null, standing,
    fields: fields.map((field) => ({ name: field.name, kind: field.kind, isRequired: field.isRequired, isMade: field.generated === true, fallback: field.fallback ?? null })),
  }
}

function secretOf({ newSecret, mayLackSecret }: Push): ConnectorNeeds['secret'] {
  if (mayLackSecret !== undefined) return mayLackSecret === 'always' ? null : 'optional'
  return newSecret === null ? 'theirs' : 'ours'
}
