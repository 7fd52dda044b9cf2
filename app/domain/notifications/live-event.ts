import type { EventName, Events, RelayedEvent } from '../kernel'
import type { Permission } from '../orgs/vocabulary'
import type { Id } from '~/lib/ids'

type Noun = EventName extends `${infer N}.${string}` ? N : never

/** What an event is about and who may hear of it at all; of leads, only those one may see. */
const subjects = {
  delivery: { key: 'deliveryId', permission: 'deliveries:read' },
  source: { key: 'sourceId', permission: 'sources:read' },
  fetch: { key: 'fetchId', permission: 'deliveries:read' },
  lead: { key: 'leadId', permission: 'leads:read' },
  task: { key: 'taskId', permission: 'leads:read' },
  form: { key: 'formId', permission: 'sources:read' },
  import: { key: 'importId', permission: 'imports:write' },
  merge: { key: 'mergeId', permission: 'leads:read' },
  people: { key: 'personId', permission: 'settings:read' },
  field: { key: 'fieldId', permission: 'leads:read' },
  view: { key: 'viewId', permission: 'leads:read' },
  bulk: { key: 'bulkId', permission: 'leads:write' },
  member: { key: 'memberId', permission: 'members:read' },
  sla: { key: 'leadId', permission: 'leads:read' },
  calendar: { key: 'calendarId', permission: 'members:read' },
  notice: { key: 'noticeId', permission: 'leads:read' },
  robot: { key: 'robotId', permission: 'robots:write' },
  report: { key: 'reportId', permission: 'reports:read' },
  mail: { key: 'leadId', permission: 'leads:read' },
  template: { key: 'templateId', permission: 'leads:read' },
  touch: { key: 'leadId', permission: 'leads:read' },
  score: { key: 'cardId', permission: 'settings:read' },
  company: { key: 'companyId', permission: 'settings:read' },
  suppression: { key: 'personId', permission: 'settings:read' },
  card: { key: 'cardId', permission: 'settings:read' },
  invitation: { key: 'invitationId', permission: 'members:read' },
} as const satisfies Record<Noun, { key: string; permission: Permission }>

/** An event on its way to open pages: no more than which, of what kind and about what. `was` lost the lead by it; `to` is the one member it is for. */
export type LiveEvent = { org: Id<'org'>; seq: string; kind: EventName; id: string; was?: Id<'mem'>; to?: Id<'mem'> }

export function liveEventOf({ orgId, seq, name, payload }: Pick<RelayedEvent, 'orgId' | 'seq' | 'name' | 'payload'>): LiveEvent {
  const facts = payload as Record<string, unknown>
  const event = { org: orgId, seq, kind: name, id: String(facts[subjectOf(name).key] ?? '') }
  if (name === 'notice.told') return { ...event, to: (payload as Events['notice.told']).memberId }
  const from = name === 'lead.owner-changed' ? (payload as Events['lead.owner-changed']).from : null
  return from === null ? event : { ...event, was: from }
}

export function subjectOf(kind: EventName): (typeof subjects)[Noun] {
  return subjects[kind.slice(0, kind.indexOf('.')) as Noun]
}

const MOST_BYTES = 7_900

/** The messages that tell every web process of these events, each within what NOTIFY can carry. */
export function liveMessages(events: readonly RelayedEvent[]): string[] {
  const messages: string[] = []
  let parts: string[] = []
  let size = 2
  for (const event of events) {
    const part = JSON.stringify(liveEventOf(event))
    const bytes = Buffer.byteLength(part) + 1
    if (size + bytes > MOST_BYTES) {
      messages.push(`[${parts.join()}]`)
      parts = []
      size = 2
    }
    parts.push(part)
    size += bytes
  }
  if (parts.length > 0) messages.push(`[${parts.join()}]`)
  return messages
}
