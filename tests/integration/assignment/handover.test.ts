import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { advanceHandover, previewHandover, setMemberTerms, startHandover } from '~/domain/assignment'
import { memberOf, type Context } from '~/domain/kernel'
import { runHandover } from '~jobs/handlers/assignment/run-handover'
import { newId, type Id } from '~/lib/ids'
import { assignmentReceipts, leads, leadStages, outbox, ownershipChanges } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aWorld, later } from '../leads/a-lead'

const idOf = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const toPool = async (owner: TestOrganisation) => ({ memberId: idOf(await owner.as('rep')), way: 'pool' as const })

standingCases(previewHandover, { input: toPool })
standingCases(startHandover, { input: toPool })
standingCases(advanceHandover, { input: async (owner) => startHandover(owner.system, await toPool(owner)) })

/** So many open leads of one, the first of them under protection. */
async function heldLeads(org: TestOrganisation, ownerId: Id<'mem'>, n: number, underProtection: number): Promise<void> {
  const world = await aWorld(org)
  const rows = Array.from({ length: n }, (_, at) => ({
    orgId: org.orgId, id: newId('lead'), productLineId: world.productLineId, sourceId: world.sourceId, ownerId, cameInAt: org.system.now, isOpen: true, createdAt: org.system.now, ownedSince: org.system.now,
    ...(at < underProtection ? { protectedUntil: later(org.system, 48 + at).now } : {}),
  }))
  await asSuperuser(async (tx) => {
    await tx.insert(leads).values(rows)
    await tx.insert(leadStages).values(rows.map(({ id }) => ({ orgId: org.orgId, leadId: id, stage: 'inquiry' as const, enteredAt: org.system.now })))
  })
}

describe('somebody leaves', () => {
  it('the Phone story: 137 leads, 42 under protection, 137 receipts, none in the pool', async () => {
    const org = await anOrganisation()
    const [boss, leaver, li, wang] = [await org.as('manager'), await org.as('rep', { name: 'Zhao' }), await org.as('rep'), await org.as('rep')]
    await heldLeads(org, idOf(leaver), 137, 42)
    const before = new Map((await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, org.orgId)))).map((row) => [row.id, row.protectedUntil?.getTime() ?? null]))
    expect(await previewHandover(boss, { memberId: idOf(leaver) })).toMatchObject({ name: 'Zhao', open: 137, underProtection: 42, last: null })
    const { handoverId, total } = await startHandover(boss, { memberId: idOf(leaver), way: 'team', shares: [{ memberId: idOf(li), weight: 2 }, { memberId: idOf(wang), weight: 1 }] })
    expect([total, (await startHandover(boss, { memberId: idOf(leaver), way: 'pool' })).handoverId]).toEqual([137, handoverId])
    const heard = { id: newId('evt'), name: 'member.handover-requested' as const, payload: { memberId: idOf(leaver), handoverId } }
    await runHandover(org.system, heard)
    await runHandover(org.system, heard)
    await asSuperuser(async (tx) => {
      const rows = await tx.select().from(leads).where(eq(leads.orgId, org.orgId))
      expect(rows.filter(({ ownerId }) => ownerId === null)).toEqual([])
      // Two to one of 137: 92 and 45, or 91 and 46 by where the round stops; smooth turns give the first 92.
      expect([rows.filter(({ ownerId }) => ownerId === idOf(li)).length, rows.filter(({ ownerId }) => ownerId === idOf(wang)).length]).toEqual([91, 46])
      expect(new Map(rows.map((row) => [row.id, row.protectedUntil?.getTime() ?? null]))).toEqual(before)
      const receipts = await tx.select().from(ownershipChanges).where(eq(ownershipChanges.orgId, org.orgId))
      expect(receipts).toHaveLength(137)
      expect(new Set(receipts.map(({ leadId }) => leadId)).size).toBe(137)
      expect(receipts.every(({ way, reason, fromId, receiptId }) => way === 'handover' && reason === 'left' && fromId === idOf(leaver) && receiptId !== null)).toBe(true)
      expect(await tx.select().from(assignmentReceipts).where(and(eq(assignmentReceipts.orgId, org.orgId), eq(assignmentReceipts.eventKey, handoverId)))).toHaveLength(137)
      expect(await tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'lead.owner-changed')))).toHaveLength(137)
    })
    expect((await previewHandover(boss, { memberId: idOf(leaver) })).last).toMatchObject({ state: 'done', total: 137, moved: 137, kept: 42 })
  })

  it('goes on where it stopped, past two hundred at a time', async () => {
    const org = await anOrganisation()
    const [leaver, li] = [await org.as('rep'), await org.as('rep')]
    await heldLeads(org, idOf(leaver), 230, 0)
    const { handoverId } = await startHandover(org.system, { memberId: idOf(leaver), way: 'member', toMember: idOf(li) })
    expect(await advanceHandover(org.system, { handoverId })).toEqual({ moved: 200, isDone: false })
    expect(await advanceHandover(org.system, { handoverId })).toEqual({ moved: 230, isDone: true })
    expect(await advanceHandover(org.system, { handoverId })).toEqual({ moved: 230, isDone: true })
  })

  it('into a pool, too; refused where nobody is named, it is the same one, or there is no room for all', async () => {
    const org = await anOrganisation()
    const [leaver, li] = [await org.as('rep'), await org.as('rep')]
    const memberId = idOf(leaver)
    await heldLeads(org, memberId, 3, 1)
    await setMemberTerms(org.system, { memberId: idOf(li), openCap: 2 })
    expect(await refusal(startHandover(org.system, { memberId, way: 'member' }))).toBe('choice-missing')
    expect(await refusal(startHandover(org.system, { memberId, way: 'member', toMember: memberId }))).toBe('invalid')
    expect(await refusal(startHandover(org.system, { memberId, way: 'member', toMember: idOf(li) }))).toBe('at-cap')
    const { handoverId } = await startHandover(org.system, { memberId, way: 'pool' })
    await advanceHandover(org.system, { handoverId })
    expect(await asSuperuser((tx) => tx.select().from(leads).where(and(eq(leads.orgId, org.orgId), isNull(leads.ownerId), eq(leads.isOpen, true))))).toHaveLength(3)
  })
})
