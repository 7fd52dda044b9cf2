import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { maskText } from '~/lib/mask-contact'
import { localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { apiKeys, fieldDefinitions, leads, members, people, productLines } from '~db/schema'
import { DomainError, memberOf, query } from '../kernel'
import { seesContacts } from '../people'
import { LeadTimeline } from './contract'
import { leadsToldBy } from './lead-group'
import { timeZoneOf } from './list-leads'
import { entriesOf, mentioned, type Entry } from './timeline-entries'
import { visibleLeads } from './visible-leads'

export type TimelineEntry = Entry & { actor: string | null }
/** `names` says who and what the ids in changes are; days are of the organisation, newest first. */
export type Timeline = { days: { day: string; entries: TimelineEntry[] }[]; names: Record<string, string> }

/** One stream of touches, inquiries, moves, changes and activities, by day, each with its actor's name. Refuses: not-found. */
export const leadTimeline = query({
  name: 'lead.timeline',
  permission: 'leads:read',
  input: LeadTimeline,
  async run({ tx, ctx, input: { leadId, limit } }): Promise<Timeline> {
    const [lead] = await tx.select({ id: leads.id, ownerId: leads.ownerId }).from(leads).where(and(eq(leads.id, leadId), visibleLeads(ctx)))
    if (lead === undefined) throw new DomainError('not-found')
    const found: Entry[] = []
    const told = await leadsToldBy(tx, leadId)
    for (const read of entriesOf) found.push(...(await read(tx, told, limit)))
    found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
    const mayRead = seesContacts(ctx) || (lead.ownerId !== null && lead.ownerId === memberOf(ctx.actor))
    const entries = mayRead ? found.slice(0, limit) : found.slice(0, limit).map((entry) => covered(entry, memberOf(ctx.actor)))
    const names = await namesOf(tx, entries)
    const timeZone = await timeZoneOf(tx)
    const days: Timeline['days'] = []
    for (const entry of entries) {
      const day = localDate(entry.at, timeZone)
      const named = { ...entry, actor: entry.actorId === null ? null : (names[entry.actorId] ?? null) }
      const last = days.at(-1)
      if (last?.day === day) last.entries.push(named)
      else days.push({ day, entries: [named] })
    }
    return { days, names }
  },
})

/** What others wrote down may hold numbers: covered for whoever does not own the lead. One's own words stay. */
function covered(entry: Entry, me: Id<'mem'> | null): Entry {
  if (entry.kind === 'inquiry') return { ...entry, message: entry.message && maskText(entry.message) }
  if (entry.kind === 'mail' && entry.actorId !== me) return { ...entry, subject: entry.subject && maskText(entry.subject) }
  return entry.kind === 'activity' && entry.actorId !== me ? { ...entry, note: entry.note && maskText(entry.note) } : entry
}

async function namesOf(tx: Tx, entries: readonly Entry[]): Promise<Record<string, string>> {
  const rows = [
    ...(await named(mentioned('mem', entries), (ids) => tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, ids)))),
    ...(await named(mentioned('per', entries), (ids) => tx.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids)))),
    ...(await named(mentioned('key', entries), (ids) => tx.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids)))),
    ...(await named(mentioned('pl', entries), (ids) => tx.select({ id: productLines.id, name: productLines.name }).from(productLines).where(inArray(productLines.id, ids)))),
    ...(await named(mentioned('cf', entries), async (ids) => (await tx.select({ id: fieldDefinitions.id, en: fieldDefinitions.labelEn, zh: fieldDefinitions.labelZh }).from(fieldDefinitions).where(inArray(fieldDefinitions.id, ids)))
      .flatMap(({ id, en, zh }) => [{ id, name: en }, { id: `${id}:zh-CN`, name: zh || en }]))),
  ]
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

async function named<P extends string>(ids: Id<P>[], read: (ids: Id<P>[]) => Promise<{ id: string; name: string }[]>) {
  return ids.length === 0 ? [] : read(ids)
}
