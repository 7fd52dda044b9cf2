import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { assignLeads, discardDraft, editDraft, publishDraft, receiptsOfLead, ruleSets, saveDraft, setMemberTerms, simulateAssignment, staffTerms, withNamed, withRuleMoved } from '~/domain/assignment'
import type { RuleSet } from '~/domain/assignment/contract'
import { createSource, emptyDraft, ingestLeads, ingestSource } from '~/domain/capture'
import { inTransaction, memberOf, type Context } from '~/domain/kernel'
import { archivePool, changeOwnership, createPool, moveStage } from '~/domain/leads'
import { assignCaptured } from '~jobs/handlers/assignment/assign-leads'
import { newId, type Id } from '~/lib/ids'
import { assignmentReceipts, assignmentRuleSets, auditEntries, companies, leads, members, outbox, ownershipChanges } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld, later } from '../leads/a-lead'
import { assignOne } from './assign-one'

const idOf = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const rule = (key: string, to: unknown, more: object = {}) => ({ key, name: `Rule ${key}`, to, ...more })
const shared = (...people: Context[]) => ({ kind: 'members', members: people.map((each) => ({ memberId: idOf(each), weight: 1 })) })
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const publish = async (org: TestOrganisation, rules: object) => publishDraft(org.system, await saveDraft(org.system, { rules: rules as RuleSet }))
const arrive = async (org: TestOrganisation, more: Parameters<typeof aLead>[1] = {}) => {
  const { leadId, companyId } = await aLead(org, more)
  const eventKey = newId('evt')
  return { leadId, companyId, eventKey, ...(await assignOne(org.system, { leadId, eventKey })) }
}
const draftOf = async (owner: TestOrganisation) => saveDraft(owner.system, { rules: { rules: [] } })

standingCases(assignLeads, { input: async (owner) => ({ arrivals: [{ leadId: (await aLead(owner)).leadId, eventKey: 'x' }] }) })
standingCases(saveDraft, { input: async (owner) => ({ rules: { rules: [rule('a', { kind: 'member', memberId: idOf(await owner.as('rep')) })] } }) })
standingCases(publishDraft, { input: draftOf })
standingCases(discardDraft, { input: () => ({}), foreign: 'names nothing' })
standingCases(ruleSets, { input: async (owner) => { await draftOf(owner); return {} }, foreign: (found) => { expect(found).toEqual({ draft: null, published: null, history: [] }) } })
standingCases(setMemberTerms, { input: async (owner) => ({ memberId: idOf(await owner.as('rep')), openCap: 5 }) })
standingCases(staffTerms, { input: async (owner) => { await owner.as('rep'); return {} }, foreign: (found) => { expect(found.map(({ name }) => name)).not.toContain('A rep') } })
standingCases(receiptsOfLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })
standingCases(simulateAssignment, { input: async (owner) => { await aLead(owner); return {} }, foreign: ({ arrivals }) => { expect(arrivals).toBe(0) } })

describe('a lead that comes in', () => {
  it('goes to whom the first matching rule says, with a receipt of what was looked at, once for an event', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' })]
    await publish(org, { rules: [rule('north', { kind: 'member', memberId: idOf(wang) }, { when: { cities: ['北京'] } }), rule('rest', shared(li, wang))] })
    const { leadId, eventKey, ownerId, receiptId } = await arrive(org)
    expect(ownerId).toBe(idOf(li))
    expect(await assignOne(org.system, { leadId, eventKey })).toEqual({ receiptId, ownerId })
    expect(await receiptsOfLead(org.system, { leadId })).toMatchObject([{
      kind: 'rule', rule: 'Rule rest', chosen: 'Li', policyVersion: 1,
      looked: [{ rule: 'north', matched: false, why: 'city' }, { rule: 'rest', matched: true, why: null }],
      candidates: [{ name: 'Li', skipped: null, open: 0, weight: 1 }, { name: 'Wang', skipped: null, open: 0, weight: 1 }],
    }])
    expect((await arrive(org)).ownerId).toBe(idOf(wang))
    await asSuperuser(async (tx) => {
      expect(await tx.select().from(ownershipChanges).where(eq(ownershipChanges.leadId, leadId))).toMatchObject([{ fromId: null, toId: idOf(li), way: 'rule', receiptId, actorKind: 'system' }])
      expect(await tx.select().from(outbox).where(and(eq(outbox.orgId, org.orgId), eq(outbox.name, 'lead.owner-changed')))).toHaveLength(2)
      expect(await tx.select().from(auditEntries).where(and(eq(auditEntries.orgId, org.orgId), eq(auditEntries.action, 'lead.assign')))).toHaveLength(2)
    })
  })

  it('passes over who is full, gone, without the language or the skill, and says so; nobody left leaves it in the pool', async () => {
    const org = await anOrganisation()
    const [full, gone, plain, idle, able] = [await org.as('rep'), await org.as('rep'), await org.as('rep'), await org.as('rep'), await org.as('rep')]
    await setMemberTerms(org.system, { memberId: idOf(full), openCap: 0, languages: ['zh'], skills: ['cnc'] })
    await setMemberTerms(org.system, { memberId: idOf(idle), openCap: null, languages: ['zh'], skills: ['cnc'], takesLeads: false })
    await setMemberTerms(org.system, { memberId: idOf(plain), openCap: null, languages: ['zh'] })
    await setMemberTerms(org.system, { memberId: idOf(able), openCap: 1, languages: ['zh'], skills: ['cnc'] })
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, idOf(gone))))
    await publish(org, { rules: [rule('cnc', shared(full, gone, plain, idle, able), { matchesLanguage: true, skills: ['cnc'] })] })
    const first = await arrive(org, { person: '陈玉婷' })
    expect(first.ownerId).toBe(idOf(able))
    const second = await arrive(org, { person: '王伟' })
    expect(second.ownerId).toBeNull()
    const [receipt] = await receiptsOfLead(org.system, { leadId: second.leadId })
    expect(receipt).toMatchObject({ kind: 'pool', chosen: null, looked: [{ matched: false, why: 'nobody' }] })
    expect(Object.fromEntries(receipt?.candidates.map(({ memberId, skipped }) => [memberId, skipped]) ?? [])).toEqual({
      [idOf(full)]: 'at-cap', [idOf(gone)]: 'inactive', [idOf(plain)]: 'lacks-skill', [idOf(idle)]: 'takes-none', [idOf(able)]: 'at-cap',
    })
  })

  it('a named account and who has the company already come first; an owner or a pool of the source stays', async () => {
    const org = await anOrganisation()
    const [li, wang, zhao] = [await org.as('rep'), await org.as('rep'), await org.as('rep')]
    await publish(org, { rules: [rule('all', shared(li))], named: [{ account: 'https://www.hengtai.cn/', memberId: idOf(zhao) }] })
    const world = await aWorld(org)
    const second = await asSuperuser(async (tx) => {
      const companyId = newId('co')
      await tx.insert(companies).values({ orgId: org.orgId, id: companyId, name: 'Nova', key: 'nova', domain: null, tokens: [], createdAt: org.system.now })
      return companyId
    })
    const held = await aLead(org, { world, companyId: second, ownerId: idOf(wang) })
    expect((await arrive(org, { companyId: second })).ownerId).toBe(idOf(wang))
    await moveStage(org.system, { leadId: held.leadId, to: 'lost', reason: 'price' })
    const named = await arrive(org, { company: 'hengtai.cn' })
    expect([named.ownerId, (await receiptsOfLead(org.system, { leadId: named.leadId }))[0]?.kind]).toEqual([idOf(zhao), 'named'])
    const born = await arrive(org, { ownerId: idOf(wang) })
    expect([born.ownerId, (await receiptsOfLead(org.system, { leadId: born.leadId }))[0]?.kind]).toEqual([idOf(wang), 'source'])
    const { poolId } = await createPool(org.system, { name: 'Fair' })
    const pooled = await arrive(org, { poolId })
    expect([pooled.ownerId, (await receiptsOfLead(org.system, { leadId: pooled.leadId }))[0]?.kind]).toEqual([null, 'source'])
  })

  it('those that came together are shared out as if one after the other: turns, room and company as the one before left them', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep'), await org.as('rep')]
    await setMemberTerms(org.system, { memberId: idOf(li), openCap: 2 })
    await publish(org, { rules: [rule('all', shared(li, wang))], keepsCompanyOwner: true })
    const at = (minute: number) => ({ cameInAt: new Date(org.system.now.getTime() - (60 - minute) * 60_000) })
    // Li, Wang, Wang again because it is the second's company, Li, then Li is full.
    const first = await aLead(org, at(1))
    const second = await aLead(org, at(2))
    const colleague = await aLead(org, { ...at(3), companyId: second.companyId })
    const [fourth, fifth] = [await aLead(org, at(4)), await aLead(org, at(5))]
    const arrivals = [fifth, colleague, first, fourth, second].map(({ leadId }) => ({ leadId, eventKey: `of ${leadId}` }))
    const answers = await assignLeads(org.system, { arrivals })
    expect(answers.map(({ ownerId }) => ownerId)).toEqual([wang, wang, li, li, wang].map(idOf))
    expect(await assignLeads(org.system, { arrivals })).toEqual(answers)
    expect((await receiptsOfLead(org.system, { leadId: colleague.leadId }))[0]?.kind).toBe('company_owner')
    expect((await receiptsOfLead(org.system, { leadId: fifth.leadId }))[0]?.candidates).toMatchObject([li, wang].map(idOf).sort().map((memberId) => ({ memberId, skipped: memberId === idOf(li) ? 'at-cap' : null })))
  })

  it('a source with a pool of its own sends leads without an owner there, past the rules, until that pool is put away', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    await publish(org, { rules: [rule('all', shared(li))] })
    const { poolId } = await createPool(org.system, { name: 'Trade fair' })
    const { sourceId } = await createSource(org.system, { connector: 'standard', name: 'Fair', poolId })
    const take = async (externalId: string) => {
      const [taken] = await inTransaction(org.system, 'read write', async (tx) => {
        const ctx = { ...org.system, tx }
        return ingestLeads(ctx, await ingestSource(ctx, sourceId), [{ draft: { ...emptyDraft, externalId, emails: [`${externalId}@fair-${externalId}.example`] } }])
      })
      const leadId = taken?.leadId as Id<'lead'>
      const { ownerId } = await assignOne(org.system, { leadId, eventKey: externalId })
      const [lead] = await asSuperuser((tx) => tx.select({ poolId: leads.poolId }).from(leads).where(eq(leads.id, leadId)))
      await moveStage(org.system, { leadId, to: 'lost', reason: 'price' })
      return { ownerId, inPool: lead?.poolId === poolId }
    }
    expect(await take('a')).toEqual({ ownerId: null, inPool: true })
    await archivePool(org.system, { poolId })
    expect(await take('b')).toEqual({ ownerId: idOf(li), inPool: false })
    expect(await refusal(createSource(org.system, { connector: 'standard', name: 'Late', poolId }))).toBe('not-found')
  })

  it('the handler hears of new leads only; one that was taken meanwhile stays whose it is', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep'), await org.as('rep')]
    await publish(org, { rules: [rule('all', shared(li))] })
    const { leadId } = await aLead(org)
    const heard = (isNew: boolean) => assignCaptured(org.system, { id: newId('evt'), name: 'lead.captured', payload: { leadId, inquiryId: newId('inq'), ownerId: null, isNew } })
    await heard(false)
    expect(await receiptsOfLead(org.system, { leadId })).toEqual([])
    await changeOwnership(org.system, { leadId, to: idOf(wang) })
    await heard(true)
    expect(await asSuperuser((tx) => tx.select({ ownerId: leads.ownerId }).from(leads).where(eq(leads.id, leadId)))).toEqual([{ ownerId: idOf(wang) }])
    expect(await asSuperuser((tx) => tx.select().from(assignmentReceipts).where(eq(assignmentReceipts.leadId, leadId)))).toMatchObject([{ kind: 'source', chosenId: idOf(wang) }])
  })
})

describe('rules', () => {
  it('are drafted, published and kept; what they name must be there', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    expect(await refusal(saveDraft(org.system, { rules: { rules: [rule('a', { kind: 'pool', poolId: newId('pool') })] } as never }))).toBe('not-found')
    expect(await refusal(saveDraft(org.system, { rules: { rules: [rule('a', shared(li)), rule('a', shared(li))] } as never }))).toBe('invalid')
    await publish(org, { rules: [rule('a', shared(li))] })
    const { draftId } = await saveDraft(org.system, { rules: { rules: [rule('b', shared(li))] } as never })
    expect((await saveDraft(org.system, { rules: { rules: [] } })).draftId).toBe(draftId)
    expect(await publishDraft(org.system, { draftId })).toEqual({ version: 2 })
    expect(await refusal(publishDraft(org.system, { draftId }))).toBe('not-found')
    const found = await ruleSets(org.system, {})
    expect([found.draft, found.published?.version, found.history.map(({ version }) => version)]).toEqual([null, 2, [2, 1]])
    expect((await asSuperuser((tx) => tx.select({ state: assignmentRuleSets.state }).from(assignmentRuleSets).where(eq(assignmentRuleSets.orgId, org.orgId)))).map(({ state }) => state).sort()).toEqual(['published', 'retired'])
  })
})

describe('the draft', () => {
  it('begins as what is in force and is changed piece by piece', async () => {
    const org = await anOrganisation()
    const li = await org.as('rep')
    await publish(org, { rules: [rule('a', shared(li)), rule('b', shared(li))] })
    await editDraft(org.system, (rules) => withNamed(withRuleMoved(rules, 'b', -1), 'hengtai.cn', idOf(li)))
    const { draft, published } = await ruleSets(org.system, {})
    expect([draft?.rules.rules.map(({ key }) => key), draft?.rules.named, published?.rules.rules.map(({ key }) => key)]).toEqual([['b', 'a'], [{ account: 'hengtai.cn', memberId: idOf(li) }], ['a', 'b']])
    await discardDraft(org.system, {})
    expect((await ruleSets(org.system, {})).draft).toBeNull()
  })
})

describe('the simulator', () => {
  it('says who would have got what, the same each time, and changes nothing', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' })]
    await publish(org, { rules: [rule('all', shared(li))] })
    const world = await aWorld(org)
    for (let n = 0; n < 4; n += 1) await aLead(org, { world, cameInAt: later(org.system, n - 48).now })
    await saveDraft(org.system, { rules: { rules: [rule('both', shared(li, wang))] } as never })
    const before = await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, org.orgId)))
    const answer = await simulateAssignment(org.system, {})
    expect(answer).toMatchObject({ from: '2024-04-16', to: '2024-05-15', arrivals: 4, publishedVersion: 1, changed: 2, published: { inPool: 0, fairness: { gini: 0, maxToMean: 1 } } })
    // Li alone got four; with two in turn each gets two, the second and the fourth are Wang's.
    const given = (side: typeof answer.published | null) => Object.fromEntries(side?.loads.map(({ memberId, given: n }) => [answer.names[memberId], n]) ?? [])
    expect([given(answer.published), given(answer.draft)]).toEqual([{ Li: 4, Wang: 0 }, { Li: 2, Wang: 2 }])
    expect(answer.changes.map(({ from, to, rule: by }) => [from, to, by])).toEqual([['Li', 'Wang', 'Rule both'], ['Li', 'Wang', 'Rule both']])
    expect(await simulateAssignment(org.system, {})).toEqual(answer)
    expect(await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, org.orgId)))).toEqual(before)
  })
})
