import type { Id } from '~/lib/ids'
import type { NextTurn, StopReason } from './vocabulary'

/** A contact that was logged and stands. `nextStepAt` is what was agreed in it. */
export type Contact = { id: Id<'act'>; at: Date; isAnswered: boolean; nextStepAt: Date | null }
/** What the customer did, or what we owe since: it begins a turn. `at` orders it, `startsAt` is when the wait begins. */
export type Trigger = { id: string; at: Date; startsAt: Date }
export type Turn = { turn: number; startedBy: string; startedAt: Date; stop: { at: Date; by: Id<'act'> | null } | null }
export type LeadHistory = { id: string; firstInquiry: string | null; startsAt: Date; firstResponseAt: Date | null; contacts: readonly Contact[]; inbound: readonly Trigger[] }

/** The first contact after a moment, other than the one that began the wait. */
export function stopOf(contacts: readonly Contact[], after: Date, startedBy: string): { at: Date; by: Id<'act'> } | null {
  const found = contacts.find(({ id, at }) => id !== startedBy && at >= after)
  return found === undefined ? null : { at: found.at, by: found.id }
}

/** What stopped the first turn: the lead's first response, and the contact it was, if it was one. */
export function firstStop({ firstResponseAt: at, contacts }: Pick<LeadHistory, 'firstResponseAt' | 'contacts'>): Turn['stop'] {
  return at === null ? null : { at, by: contacts.find((contact) => contact.at.getTime() === at.getTime())?.id ?? null }
}

/**
 * The waits of a lead, told from its history: the first since it came in; later ones begin by what reached us (or by an answered
 * contact, then not before the step agreed) once the wait before has ended, and end with the next contact.
 */
export function turnsOf(history: LeadHistory, nextAfter: NextTurn | null): Turn[] {
  const first: Turn = { turn: 1, startedBy: history.firstInquiry ?? history.id, startedAt: history.startsAt, stop: firstStop(history) }
  if (nextAfter === null) return [first]
  const answered = nextAfter === 'inbound' ? [] : history.contacts.filter(({ isAnswered }) => isAnswered)
    .map(({ id, at, nextStepAt }): Trigger => ({ id, at, startsAt: nextStepAt !== null && nextStepAt > at ? nextStepAt : at }))
  const turns = [first]
  for (const trigger of [...history.inbound, ...answered].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const last = turns.at(-1)?.stop ?? null
    if (last === null || trigger.at < last.at) continue
    turns.push({ turn: turns.length + 1, startedBy: trigger.id, startedAt: trigger.startsAt, stop: stopOf(history.contacts, trigger.at, trigger.id) })
  }
  return turns
}

/** Why a lead needs no answer any more, whatever was logged. */
export function closedBy(lead: { isOpen: boolean; verdict: string; duplicateOf: string | null }): StopReason | null {
  if (lead.duplicateOf !== null) return 'duplicate'
  if (lead.verdict === 'junk') return 'junk'
  return lead.isOpen ? null : 'closed'
}
