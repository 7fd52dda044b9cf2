import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import { assignmentReceipts, handovers, leads, members } from '~db/schema'
import type { Tx } from '~db/client.server'
import { command, DomainError, memberOf, query, type Context } from '../kernel'
import { assertMayOwn, defaultPool, lockCapacity, openPool, placeLead } from '../leads'
import { staffNow } from './arrivals'
import { HandoverId, HandoverPlan, MemberToHandOver } from './contract'
import type { Staff } from './decide-assignment'
import { nextHeir, type Share } from './handover-shares'
import type { HandoverWay } from './vocabulary'

type InTx = Context & { tx: Tx }
type Plan = { shares: Share[]; poolId: Id<'pool'> | null }
type HandoverRow = typeof handovers.$inferSelect
export type HandoverPreview = {
  memberId: Id<'mem'>; name: string; isActive: boolean; open: number; underProtection: number; nextSteps: number
  /** who may take over, with how many more each may have (null: any number) */
  heirs: { memberId: Id<'mem'>; name: string; teamId: Id<'team'> | null; open: number; room: number | null }[]
  last: Pick<HandoverRow, 'id' | 'state' | 'way' | 'total' | 'moved' | 'kept' | 'at' | 'finishedAt'> | null
}

/** What somebody who leaves would leave behind, and who could take it. Refuses: not-found. */
export const previewHandover = query({
  name: 'handover.preview',
  permission: 'leads:assign',
  input: MemberToHandOver,
  async run({ tx, ctx, input: { memberId } }): Promise<HandoverPreview> {
    const [member] = await tx.select().from(members).where(eq(members.id, memberId))
    if (member === undefined) throw new DomainError('not-found')
    const [sums] = await tx.execute<{ open: number; protected: number; next: number }>(sql`
      select count(*)::int as open, count(*) filter (where protected_until > ${ctx.now.toISOString()}::timestamptz)::int as protected, count(*) filter (where next_step_at is not null)::int as next
      from leads where owner_id = ${toUuid(memberId)} and is_open`)
    const names = new Map((await tx.select({ id: members.id, name: members.name }).from(members)).map(({ id, name }) => [id, name]))
    const staff = [...(await staffNow(tx)).values()].filter(({ id, isActive }) => isActive && id !== memberId)
    const [last] = await tx.select().from(handovers).where(eq(handovers.memberId, memberId)).orderBy(desc(handovers.at)).limit(1)
    return {
      memberId, name: member.name, isActive: member.status === 'active', open: sums?.open ?? 0, underProtection: sums?.protected ?? 0, nextSteps: sums?.next ?? 0, last: last ?? null,
      heirs: staff.map(({ id, teamId, open, cap }) => ({ memberId: id, name: names.get(id) ?? '', teamId, open, room: cap === null ? null : Math.max(0, cap - open) })),
    }
  },
})

/**
 * Orders that all open leads of a member go to one member, to several by weights, or into a pool. They move in the
 * background with their protection; one that runs already is answered. Refuses: not-found, member-inactive,
 * choice-missing, at-cap (together they have no room for all).
 */
export const startHandover = command({
  name: 'handover.start',
  permission: 'leads:assign',
  input: HandoverPlan,
  async run({ tx, ctx, input, emit, audit }): Promise<{ handoverId: Id<'hov'>; total: number }> {
    const { memberId, way } = input
    const [member] = await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('update')
    if (member === undefined) throw new DomainError('not-found')
    const [running] = await tx.select().from(handovers).where(and(eq(handovers.memberId, memberId), eq(handovers.state, 'running')))
    if (running !== undefined) return { handoverId: running.id, total: running.total }
    const plan = await planOf(ctx, way, input)
    const [sum] = await tx.execute<{ total: number }>(sql`select count(*)::int as total from leads where owner_id = ${toUuid(memberId)} and is_open and duplicate_of is null`)
    const total = sum?.total ?? 0
    assertRoomForAll(plan, await staffNow(tx), total)
    const handoverId = newId('hov')
    await tx.insert(handovers).values({ orgId: ctx.orgId, id: handoverId, memberId, way, plan, state: 'running', total, askedBy: memberOf(ctx.actor), at: ctx.now })
    await audit(memberId, { after: { kind: 'handover', way, total } })
    await emit('member.handover-requested', { memberId, handoverId })
    return { handoverId, total }
  },
})

async function planOf(ctx: InTx, way: HandoverWay, { memberId, toMember, shares, poolId }: { memberId: Id<'mem'>; toMember?: Id<'mem'> | undefined; shares: readonly { memberId: Id<'mem'>; weight: number }[]; poolId?: Id<'pool'> | undefined }): Promise<Plan> {
  const heirs = way === 'pool' ? [] : way === 'member' ? (toMember === undefined ? [] : [{ memberId: toMember, weight: 1 }]) : [...shares]
  if (way !== 'pool' && heirs.length === 0) throw new DomainError('choice-missing', { fields: { [way === 'member' ? 'toMember' : 'shares']: ['required'] } })
  for (const heir of heirs) {
    if (heir.memberId === memberId) throw new DomainError('invalid', { fields: { toMember: ['the-same'] } })
    await assertMayOwn(ctx.tx, heir.memberId)
  }
  const pool = way !== 'pool' ? null : poolId === undefined ? await defaultPool(ctx.tx, ctx) : await openPool(ctx.tx, poolId)
  return { shares: heirs.map((heir) => ({ ...heir, standing: 0 })), poolId: pool?.id ?? null }
}

function assertRoomForAll({ shares }: Plan, staff: ReadonlyMap<Id<'mem'>, Staff>, total: number): void {
  if (shares.length === 0) return
  const room = shares.reduce((sum, { memberId }) => {
    const person = staff.get(memberId)
    return sum + (person?.cap == null ? Infinity : Math.max(0, person.cap - person.open))
  }, 0)
  if (room < total) throw new DomainError('at-cap', { params: { by: '', cap: room } })
}

const AT_ONCE = 200

/**
 * Moves the next leads of a running handover, each with a receipt, and answers whether all are moved. Killed between,
 * it goes on where it stopped. A lead for whom nobody has room any more goes into the organisation's pool. Refuses: not-found.
 */
export const advanceHandover = command({
  name: 'handover.advance',
  permission: 'leads:assign',
  input: HandoverId,
  async run({ tx, ctx, input: { handoverId }, emit, audit }): Promise<{ moved: number; isDone: boolean }> {
    const [handover] = await tx.select().from(handovers).where(eq(handovers.id, handoverId)).for('update')
    if (handover === undefined) throw new DomainError('not-found')
    if (handover.state === 'done') return { moved: handover.moved, isDone: true }
    const plan = handover.plan as Plan
    await lockCapacity(tx, ctx, plan.shares.map(({ memberId }) => memberId))
    const staff = await staffNow(tx)
    const batch = await tx.select().from(leads).where(and(eq(leads.ownerId, handover.memberId), eq(leads.isOpen, true), isNull(leads.duplicateOf))).orderBy(leads.id).limit(AT_ONCE).for('update')
    let underProtection = 0
    for (const lead of batch) {
      const { memberId, candidates } = nextHeir(plan.shares, staff)
      const receiptId = newId('asr')
      await tx.insert(assignmentReceipts).values({
        orgId: ctx.orgId, leadId: lead.id, id: receiptId, eventKey: handoverId, kind: 'handover', chosenId: memberId, poolId: memberId === null ? (plan.poolId ?? lead.poolId) : null, looked: [], candidates, at: ctx.now,
      }).onConflictDoNothing()
      await placeLead(ctx, lead, { to: memberId, poolId: memberId === null ? plan.poolId : null, by: 'handover', reason: 'left', receiptId, keepsProtection: true })
      await audit(lead.id, { before: { ownerId: lead.ownerId }, after: { ownerId: memberId, reason: 'left' } })
      if (lead.protectedUntil !== null && lead.protectedUntil > ctx.now) underProtection += 1
    }
    const isDone = batch.length < AT_ONCE
    const moved = handover.moved + batch.length
    await tx.update(handovers).set({ plan, moved, kept: handover.kept + underProtection, ...(isDone ? { state: 'done' as const, finishedAt: ctx.now } : {}) }).where(eq(handovers.id, handoverId))
    if (isDone) await emit('member.handover-finished', { memberId: handover.memberId, handoverId })
    return { moved, isDone }
  },
})
