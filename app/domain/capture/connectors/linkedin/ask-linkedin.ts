import { askRemote, type RemoteAnswer } from '~/platform/http-client'
import { textOf } from '../../clean-text'
import { apiBase, settingOf } from '../api-address'
import type { FetchOrder, Fetched, KeyField, Keys, Refused } from '../connector'
import { own, readBody, type JsonObject } from '../read-body'
import { refusalOf, refusalOfStatus, retryAfterOf } from '../remote-refusal'
import { idOfUrn } from './urn'

const DAY_MS = 86_400_000
const PATIENCE_MS = 10_000

export const linkedinFields: readonly KeyField[] = [
  { name: 'access_token', kind: 'secret', isRequired: false },
  { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://api.linkedin.com' },
  { name: 'api_version', kind: 'text', isRequired: false, fallback: '202605' },
]

type Asked = { ok: true; answer: RemoteAnswer; body: JsonObject } | Refused

/**
 * One response and the form that holds its questions, kept as `{"lead":…,"form":…}` with both answers inside byte for
 * byte. `form` is null where it may not be read: the response is then kept alone.
 */
export async function fetchLinkedinLead({ externalId }: FetchOrder, keys: Keys, now: Date): Promise<Fetched> {
  const lead = await ask(`leadFormResponses/${encodeURIComponent(externalId)}`, keys, now)
  if (!lead.ok) return lead
  if (idOfUrn(textOf(own(lead.body, 'id'), 300)) !== externalId) return { ok: false, problem: 'unreadable', detail: 'other-id' }
  const formId = idOfUrn(textOf(own(lead.body, 'versionedLeadGenFormUrn'), 300))
  const form = formId === null ? null : await ask(`leadForms/${encodeURIComponent(formId)}`, keys, now)
  // A passing trouble is waited out; a form nobody may read is done without.
  if (form !== null && !form.ok && form.problem !== 'gone' && form.problem !== 'not-permitted') return form
  const raw = Buffer.concat([Buffer.from('{"lead":'), lead.answer.body, Buffer.from(',"form":'), form?.ok === true ? form.answer.body : Buffer.from('null'), Buffer.from('}')])
  return { ok: true, raw, contentType: 'application/json' }
}

async function ask(path: string, keys: Keys, now: Date): Promise<Asked> {
  if ((keys.keys['access_token'] ?? '') === '') return { ok: false, problem: 'not-permitted', detail: 'no-key-configured' }
  const headers = {
    authorization: `Bearer ${keys.keys['access_token'] ?? ''}`, 'linkedin-version': settingOf(linkedinFields, keys, 'api_version'), 'x-restli-protocol-version': '2.0.0', accept: 'application/json',
  }
  try {
    const answer = await askRemote(`${apiBase(linkedinFields, keys)}/rest/${path}`, { headers, timeoutMs: PATIENCE_MS })
    if (answer.status !== 200) return refused(answer, now)
    const read = readBody(answer.body)
    return 'issues' in read ? { ok: false, problem: 'unreadable', detail: 'not-json' } : { ok: true, answer, body: read.body }
  } catch (error) {
    return refusalOf(error)
  }
}

// A day's quota is whole again at midnight UTC. 426 is a version that was sunset: somebody must choose another.
function refused(answer: RemoteAnswer, now: Date): Refused {
  if (answer.status === 429) return { ok: false, problem: 'rate-limited', detail: '429', retryAfterMs: retryAfterOf(answer.headers, now) ?? DAY_MS - (now.getTime() % DAY_MS) }
  if (answer.status === 426) return { ok: false, problem: 'not-permitted', detail: '426' }
  return refusalOfStatus(answer, now)
}
