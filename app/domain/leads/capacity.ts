import { and, count, eq, ne, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, members } from '~db/schema'
import { DomainError, type Context } from '../kernel'

/**
 * Whoever gives these members leads waits for whoever is doing so: caps are counted under this lock. Always taken
 * before a lead is locked, and in one order, so that nobody waits in a circle.
 */
export async function lockCapacity(tx: Tx, { orgId }: Pick<Context, 'orgId'>, memberIds: readonly Id<'mem'>[]): Promise<void> {
  const keys = [...new Set(memberIds)].sort().map((id) => `capacity ${orgId} ${id}`)
  for (const key of keys) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}

export type Capacity = { cap: number | null; open: number; takesLeads: boolean }

/** How many open leads a member has and may have. */
export async function capacityOf(tx: Tx, memberId: Id<'mem'>): Promise<Capacity> {
  const [row] = await tx.execute<{ open_cap: number | null; takes_leads: boolean }>(sql`select open_cap, takes_leads from assignment_members where member_id = ${toUuid(memberId)}`)
  const [held] = await tx.select({ open: count() }).from(leads).where(and(eq(leads.ownerId, memberId), eq(leads.isOpen, true)))
  return { cap: row?.open_cap ?? null, open: held?.open ?? 0, takesLeads: row?.takes_leads ?? true }
}

/** Refuses `at-cap` where a member, locked by `lockCapacity`, may not have one open lead more. */
export async function assertRoom(tx: Tx, memberId: Id<'mem'>): Promise<void> {
  const { cap, open } = await capacityOf(tx, memberId)
  if (cap !== null && open >= cap) throw new DomainError('at-cap', { params: { by: await nameOf(tx, memberId), cap } })
}

/** Partners submit leads; they do not own them. Refuses `not-found`, `member-inactive`. */
export async function assertMayOwn(tx: Tx, memberId: Id<'mem'>): Promise<void> {
  const [member] = await tx.select({ status: members.status }).from(members).where(and(eq(members.id, memberId), ne(members.role, 'partner')))
  if (member === undefined) throw new DomainError('not-found', { fields: { to: ['unknown'] } })
  if (member.status !== 'active') throw new DomainError('member-inactive')
}

/** The refusal of one who came second: it names who has the lead now. */
export async function takenBy(tx: Tx, ownerId: Id<'mem'>): Promise<DomainError> {
  return new DomainError('taken', { params: { by: await nameOf(tx, ownerId) } })
}

async function nameOf(tx: Tx, memberId: Id<'mem'>): Promise<string> {
  const [member] = await tx.select({ name: members.name }).from(members).where(eq(members.id, memberId))
  return member?.name ?? ''
}
