import { momentOf, textOf } from '../../clean-text'
import type { Mapped } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { idOfUrn } from './urn'

/** What happened to a response: made, so that it is asked for, or deleted, so that its person is forgotten. */
export function mapLinkedinPush(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  const action = textOf(own(body, 'leadAction'), 20)
  if (textOf(own(body, 'type'), 40) !== 'LEAD_ACTION' || action === null) return { leads: [], ignored: 'other-event' }
  const externalId = idOfUrn(textOf(own(body, 'leadGenFormResponse'), 300))
  if (externalId === null) return { issues: [{ path: 'leadGenFormResponse', code: 'required' }] }
  if (action === 'DELETED') return { leads: [], erasures: [externalId] }
  return action === 'CREATED' ? { leads: [], fetches: [{ externalId, order: orderOf(body) }] } : { leads: [], ignored: 'other-event' }
}

function orderOf(body: JsonObject): Record<string, string> {
  const [owner, entity] = [own(body, 'owner'), own(body, 'associatedEntity')]
  const ids = {
    form_id: idOfUrn(textOf(own(body, 'leadGenForm'), 300)),
    account_id: isObject(owner) ? idOfUrn(textOf(own(owner, 'sponsoredAccount'), 200)) : null,
    organisation_id: isObject(owner) ? idOfUrn(textOf(own(owner, 'organization'), 200)) : null,
    creative_id: isObject(entity) ? idOfUrn(textOf(own(entity, 'associatedCreative'), 200)) : null,
    lead_type: textOf(own(body, 'leadType'), 40),
    at: momentOf(own(body, 'occurredAt'))?.toISOString() ?? null,
  }
  return Object.fromEntries(Object.entries(ids).filter((pair): pair is [string, string] => pair[1] !== null))
}
