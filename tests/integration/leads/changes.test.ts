import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  addPersonToLead, changeOwnership, createProductLine, ensureDefaultProductLine, giveVerdict, listProductLines, moveStage, separateInterest, setPersonRole,
} from '~/domain/leads'
import { memberOf } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { leadChanges, leadPeople, leads, members, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead } from './a-lead'

standingCases(giveVerdict, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, verdict: 'junk', reason: 'spam' }) })
standingCases(changeOwnership, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, to: memberOf((await owner.as('rep')).actor) }) })
standingCases(setPersonRole, { input: async (owner) => pickRole(await aLead(owner)) })
standingCases(addPersonToLead, { input: async (owner) => pickRole(await aLead(owner)) })
standingCases(separateInterest, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })
standingCases(createProductLine, { input: () => ({ name: 'Spindles' }), foreign: 'names nothing' })
standingCases(ensureDefaultProductLine, { input: () => ({}), foreign: 'names nothing' })
standingCases(listProductLines, { input: () => ({}), foreign: (lines) => { expect(lines).toEqual([]) } })

const pickRole = ({ leadId, personId }: { leadId: Id<'lead'>; personId: Id<'per'> }) => ({ leadId, personId, role: 'buyer' as const })
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)

describe('verdict', () => {
  it('junk needs a reason, closes for the queue, and comes back unless another lead is open', async () => {
    const org = await anOrganisation()
    const first = await aLead(org)
    const { leadId } = first
    expect(await refusal(giveVerdict(org.system, { leadId, verdict: 'junk' }))).toBe('reason-missing')
    await giveVerdict(org.system, { leadId, verdict: 'junk', reason: 'spam' })
    await giveVerdict(org.system, { leadId, verdict: 'junk', reason: 'spam' })
    const second = await aLead(org, { world: first, companyId: first.companyId })
    expect(await refusal(giveVerdict(org.system, { leadId, verdict: 'valid' }))).toBe('other-lead-open')
    await separateInterest(org.system, { leadId: second.leadId })
    await giveVerdict(org.system, { leadId, verdict: 'valid' })
    await asSuperuser(async (tx) => {
      expect((await tx.select().from(leads).where(eq(leads.id, leadId)))[0]).toMatchObject({ verdict: 'valid', isOpen: true, junkReason: null, junkAt: null })
      const changes = await tx.select().from(leadChanges).where(eq(leadChanges.leadId, leadId)).orderBy(leadChanges.id)
      expect(changes.map(({ kind, after, reason }) => [kind, after, reason])).toEqual([['verdict', 'junk', 'spam'], ['verdict', 'valid', null]])
    })
  })

  it('valid again does not open what was won', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    await moveStage(org.system, { leadId, to: 'won', amount: 1n, currency: 'CNY', day: '2024-05-15' })
    await giveVerdict(org.system, { leadId, verdict: 'junk', reason: 'other' })
    await giveVerdict(org.system, { leadId, verdict: 'valid' })
    expect((await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.id, leadId))))[0]).toMatchObject({ isOpen: false })
  })
})

describe('ownership', () => {
  it('changes to an active member or to nobody, and says so', async () => {
    const org = await anOrganisation()
    const [manager, rep, partner, gone] = [await org.as('manager'), await org.as('rep'), await org.as('partner'), await org.as('rep')]
    const [to, goneId] = [memberOf(rep.actor), memberOf(gone.actor)]
    const { leadId } = await aLead(org)
    await changeOwnership(manager, { leadId, to, reason: 'region' })
    await changeOwnership(manager, { leadId, to })
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, goneId as Id<'mem'>)))
    expect(await refusal(changeOwnership(manager, { leadId, to: goneId }))).toBe('member-inactive')
    expect(await refusal(changeOwnership(manager, { leadId, to: memberOf(partner.actor) }))).toBe('not-found')
    expect(await refusal(changeOwnership(rep, { leadId, to: null }))).toBe('not-allowed')
    const events = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events.map(({ name, payload }) => [name, payload])).toEqual([['lead.owner-changed', { leadId, from: null, to, way: 'hand' }]])
  })
})

describe('people and interests', () => {
  it('people hang on a lead with a role, once', async () => {
    const org = await anOrganisation()
    const [lead, other] = [await aLead(org), await aLead(org)]
    await addPersonToLead(org.system, { leadId: lead.leadId, personId: other.personId, role: 'decision_maker' })
    await addPersonToLead(org.system, { leadId: lead.leadId, personId: other.personId, role: 'user' })
    await setPersonRole(org.system, { leadId: lead.leadId, personId: lead.personId, role: 'influencer' })
    const here = await asSuperuser((tx) => tx.select().from(leadPeople).where(eq(leadPeople.leadId, lead.leadId)).orderBy(leadPeople.personId))
    expect(here.map(({ role }) => role)).toEqual(['influencer', 'decision_maker'])
    expect(await refusal(setPersonRole(org.system, { leadId: other.leadId, personId: lead.personId, role: 'user' }))).toBe('not-found')
  })

  it('the first product line is the default; names are taken without regard to case', async () => {
    const org = await anOrganisation()
    const { productLineId } = await ensureDefaultProductLine(org.system, {})
    expect(await ensureDefaultProductLine(org.system, {})).toEqual({ productLineId })
    await createProductLine(org.system, { name: 'Spindles' })
    expect(await refusal(createProductLine(org.system, { name: ' SPINDLES ' }))).toBe('name-taken')
    expect((await listProductLines(org.system, {})).map(({ name, isDefault }) => [name, isDefault])).toEqual([['General', true], ['Spindles', false]])
  })
})
