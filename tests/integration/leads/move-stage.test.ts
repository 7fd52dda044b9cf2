import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { logContact, moveStage, setChecklist, undoMove } from '~/domain/leads'
import type { Context } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { auditEntries, companies, leads, outbox, revenueLines, stageMoves } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

standingCases(moveStage, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, to: 'lost', reason: 'budget' }) })
standingCases(undoMove, {
  input: async (owner) => {
    const { leadId } = await aLead(owner)
    const { moveId } = await moveStage(owner.system, { leadId, to: 'lost', reason: 'budget' })
    return { moveId: moveId as Id<'mov'> }
  },
})

const graded = { to: 'graded', grade: 'A', amount: 12_000_000n, currency: 'CNY', month: '2024-06' } as const
const won = { to: 'won', amount: 12_000_000n, currency: 'CNY', day: '2024-05-15' } as const
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)

async function connectedAndChecked(ctx: Context, leadId: Id<'lead'>) {
  await logContact(ctx, { leadId, kind: 'call', outcome: 'connected' })
  await setChecklist(ctx, { leadId, need: 'yes', budget: 'yes' })
}

describe('to qualified', () => {
  it('needs a two-way contact first, then need and one more yes', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const move = () => moveStage(org.system, { leadId, to: 'qualified' })
    expect(await refusal(move())).toBe('two-way-contact-missing')
    await logContact(org.system, { leadId, kind: 'call', outcome: 'no_answer' })
    expect(await refusal(move())).toBe('two-way-contact-missing')
    await logContact(org.system, { leadId, kind: 'wechat', outcome: 'replied' })
    expect(await refusal(move())).toBe('checklist-incomplete')
    await setChecklist(org.system, { leadId, need: 'yes' })
    expect(await refusal(move())).toBe('checklist-incomplete')
    await setChecklist(org.system, { leadId, timing: 'yes' })
    expect((await move()).state).toMatchObject({ stage: 'qualified', qualifiedAt: org.system.now })
  })

  it('writes the move, its audit row and its event; saying it twice changes nothing', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    await connectedAndChecked(org.system, leadId)
    const first = await moveStage(org.system, { leadId, to: 'qualified' })
    const second = await moveStage(later(org.system, 1), { leadId, to: 'qualified', version: 1 })
    expect(second).toEqual({ ...first, moveId: null })
    await asSuperuser(async (tx) => {
      expect(await tx.select().from(stageMoves).where(eq(stageMoves.leadId, leadId))).toMatchObject([{ fromStage: 'inquiry', toStage: 'qualified', actorKind: 'system' }])
      const audits = await tx.select().from(auditEntries).where(and(eq(auditEntries.subject, leadId), eq(auditEntries.action, 'lead.move-stage')))
      expect(audits.map(({ changes }) => changes)).toEqual([{ stage: { before: 'inquiry', after: 'qualified' } }])
      const events = await tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'lead.stage-moved')))
      expect(events.map(({ payload }) => payload)).toEqual([{ leadId, ownerId: null, from: 'inquiry', to: 'qualified' }])
    })
  })
})

describe('to won and back', () => {
  it('signs a revenue line and makes the company a customer; a correction reverses and signs anew', async () => {
    const org = await anOrganisation()
    const { leadId, companyId } = await aLead(org)
    await moveStage(org.system, { leadId, ...won })
    expect(await refusal(moveStage(org.system, { leadId, ...won, amount: 10_000_000n }))).toBe('reason-missing')
    await moveStage(org.system, { leadId, ...won, amount: 10_000_000n, reason: 'typo' })
    await asSuperuser(async (tx) => {
      const lines = await tx.select().from(revenueLines).where(eq(revenueLines.leadId, leadId)).orderBy(revenueLines.id)
      expect(lines.map(({ amount, reversedBy }) => [amount, reversedBy === null])).toEqual([[12_000_000n, false], [-12_000_000n, false], [10_000_000n, true]])
      expect((await tx.select().from(companies).where(eq(companies.id, companyId)))[0]?.isCustomer).toBe(true)
      expect((await tx.select().from(leads).where(eq(leads.id, leadId)))[0]).toMatchObject({ isOpen: false })
    })
  })

  it('is undone with its line and the customer', async () => {
    const org = await anOrganisation()
    const { leadId, companyId } = await aLead(org)
    await moveStage(org.system, { leadId, ...graded })
    const { moveId } = await moveStage(later(org.system, 1), { leadId, ...won })
    const { state } = await undoMove(later(org.system, 2), { moveId: moveId as Id<'mov'> })
    expect(state).toMatchObject({ stage: 'graded', wonAt: null, grade: 'A', expectedAmount: 12_000_000n })
    await asSuperuser(async (tx) => {
      const lines = await tx.select().from(revenueLines).where(eq(revenueLines.leadId, leadId))
      expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
      expect((await tx.select().from(companies).where(eq(companies.id, companyId)))[0]?.isCustomer).toBe(false)
    })
    expect(await undoMove(later(org.system, 3), { moveId: moveId as Id<'mov'> })).toMatchObject({ moveId: null })
  })

  it('refuses a day that lies ahead', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    expect(await refusal(moveStage(org.system, { leadId, ...won, day: '2024-05-16' }))).toBe('invalid')
  })
})

describe('lost', () => {
  it('keeps the stage where the lead died, and can be opened again with a reason', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    await moveStage(org.system, { leadId, ...graded })
    expect(await refusal(moveStage(org.system, { leadId, to: 'lost' }))).toBe('reason-missing')
    expect((await moveStage(org.system, { leadId, to: 'lost', reason: 'price' })).state).toMatchObject({ stage: 'lost', lostFrom: 'graded', lostReason: 'price', gradedAt: org.system.now })
    expect(await refusal(moveStage(org.system, { leadId, to: 'inquiry' }))).toBe('reason-missing')
    expect((await moveStage(org.system, { leadId, to: 'inquiry', reason: 'came_back' })).state).toMatchObject({ stage: 'inquiry', lostAt: null, lostFrom: null })
  })

  it('stays closed while another lead of the company is open', async () => {
    const org = await anOrganisation()
    const first = await aLead(org)
    await moveStage(org.system, { leadId: first.leadId, to: 'lost', reason: 'timing' })
    const second = await aLead(org, { world: first, companyId: first.companyId })
    const reopen = () => moveStage(org.system, { leadId: first.leadId, to: 'inquiry', reason: 'came_back' })
    await expect(reopen()).rejects.toMatchObject({ code: 'other-lead-open', params: { leadId: second.leadId } })
    await moveStage(org.system, { leadId: second.leadId, to: 'lost', reason: 'duplicate' })
    expect((await reopen()).state.stage).toBe('inquiry')
  })
})

describe('undo', () => {
  it('is for the actor, for 24 hours, for the newest move', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('manager'), await org.as('manager')]
    const { leadId } = await aLead(org)
    const first = await moveStage(li, { leadId, ...graded })
    const moveId = first.moveId as Id<'mov'>
    expect(await refusal(undoMove(wang, { moveId }))).toBe('not-allowed')
    expect(await refusal(undoMove(later(li, 25), { moveId }))).toBe('undo-too-late')
    const second = await moveStage(later(li, 1), { leadId, to: 'lost', reason: 'price' })
    expect(await refusal(undoMove(later(li, 2), { moveId }))).toBe('undo-too-late')
    expect((await undoMove(later(li, 2), { moveId: second.moveId as Id<'mov'> })).state.stage).toBe('graded')
    expect((await undoMove(later(li, 3), { moveId })).state).toMatchObject({ stage: 'inquiry', gradedAt: null, grade: null })
  })
})

it('history may lack what a hand needs, and is marked; reps may not claim to be history', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org)
  const rep = await org.as('rep')
  const at = new Date('2023-02-01T00:00:00Z')
  expect(await refusal(moveStage(rep, { leadId, to: 'won', isImported: true }))).toBe('not-allowed')
  expect((await moveStage(org.system, { leadId, to: 'won', isImported: true, at })).state).toMatchObject({ stage: 'won', wonAt: at, wonAmount: null, isImported: true })
})

it('refuses junk, and what was filled in on an older version', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org, { verdict: 'junk' })
  expect(await refusal(moveStage(org.system, { leadId, ...graded }))).toBe('lead-junk')
  const other = await aLead(org, { version: 4 })
  await expect(moveStage(org.system, { leadId: other.leadId, ...graded, version: 3 })).rejects.toMatchObject({ code: 'stale', params: { yours: 'graded', theirs: 'inquiry', version: 4 } })
})
