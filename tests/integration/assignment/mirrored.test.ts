import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { advanceHandover, publishDraft, saveDraft, setMemberTerms, startHandover } from '~/domain/assignment'
import { memberOf, type Context } from '~/domain/kernel'
import { changeOwnership, claimLead, defaultPool, logContact, recycleLeads, replanHolds, returnLead, snoozeLead, updatePool } from '~/domain/leads'
import { newId, type Id } from '~/lib/ids'
import { leads, ownershipChanges } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { apply, histories, LEADS, MEMBERS, modelRules, newWorld, type History, type Step, type World } from '~tests/support/ownership-model'
import { seed } from '~tests/support/seed'
import { aLead, aWorld } from '../leads/a-lead'
import { assignOne } from './assign-one'

type Real = { org: TestOrganisation; people: Context[]; ids: Id<'mem'>[]; leadIds: Id<'lead'>[] }

async function arranged({ rules, caps }: History): Promise<Real> {
  const org = await anOrganisation()
  const people: Context[] = []
  // In the order of their ids, as ties go to the smaller one.
  for (let at = 0; at < MEMBERS; at += 1) people.push(await org.as('rep'))
  const ids = people.map(({ actor }) => memberOf(actor) as Id<'mem'>)
  const world = await aWorld(org)
  const leadIds: Id<'lead'>[] = []
  for (let at = 0; at < LEADS; at += 1) leadIds.push((await aLead(org, { world })).leadId)
  const { id: poolId } = await asSuperuser((tx) => defaultPool(tx, org.system))
  await updatePool({ ...org.system, now: new Date(0) }, { poolId, ...rules, forEveryone: true })
  await replanHolds(org.system, {})
  for (const [at, memberId] of ids.entries()) await setMemberTerms(org.system, { memberId, openCap: caps[at] ?? null })
  const { draftId } = await saveDraft(org.system, { rules: modelRules((at) => ids[at] as Id<'mem'>) })
  await publishDraft(org.system, { draftId })
  return { org, people, ids, leadIds }
}

const codeOf = (work: Promise<unknown>, after: (answer: never) => string): Promise<string> => work.then((answer) => after(answer as never), (error: { code: string }) => error.code)

/** The same step by the real verbs, answered in the model's words. */
async function act({ org, people, ids, leadIds }: Real, step: Step, world: World, owners: (number | null)[]): Promise<string> {
  const now = new Date(world.now)
  const system = { ...org.system, now }
  const lead = (at: number) => leadIds[at] as Id<'lead'>
  const rep = (at: number) => ({ ...(people[at] as Context), now })
  const moved = (at: number, to: number | null) => () => (owners[at] === to ? 'same' : 'done')
  const give = (at: number, to: number, by: 'hand' | 'bulk') => codeOf(changeOwnership(system, { leadId: lead(at), to: ids[to] as Id<'mem'>, by }), moved(at, to))
  switch (step.kind) {
    case 'wait': return 'done'
    case 'claim': return codeOf(claimLead(rep(step.member), { leadId: lead(step.lead) }), moved(step.lead, step.member))
    case 'return': return codeOf(returnLead(rep(step.member), { leadId: lead(step.lead), reason: 'too_many' }), () => 'done')
    case 'assign': return give(step.lead, step.member, 'hand')
    case 'bulk': {
      const answers: string[] = []
      for (const at of step.leads) answers.push(await give(at, step.member, 'bulk'))
      return answers.join()
    }
    case 'arrive': return codeOf(assignOne(system, { leadId: lead(step.lead), eventKey: newId('evt') }), ({ ownerId }: { ownerId: Id<'mem'> | null }) => (owners[step.lead] !== null ? 'kept' : ownerId === null ? 'pool' : String(ids.indexOf(ownerId))))
    case 'leave': return codeOf(startHandover(system, { memberId: ids[step.member] as Id<'mem'>, way: step.heirs.length === 0 ? 'pool' : 'team', shares: step.heirs.map((at) => ({ memberId: ids[at] as Id<'mem'>, weight: at + 1 })) })
      .then(({ handoverId }) => advanceHandover(system, { handoverId })), () => 'done')
    case 'contact': return codeOf(logContact(system, { leadId: lead(step.lead), kind: 'call', outcome: 'busy' }), () => 'done')
    case 'rest': return codeOf(snoozeLead(system, { leadId: lead(step.lead), until: new Date(world.now + step.hours * 3_600_000) }), () => 'done')
    case 'recycle': return codeOf(recycleLeads(system, {}), () => 'done')
  }
}

async function compared(history: History): Promise<number> {
  const real = await arranged(history)
  const world = newWorld(history, NOON)
  for (const [n, step] of history.steps.entries()) {
    const owners = world.leads.map(({ owner }) => owner)
    const wanted = apply(world, step)
    const said = await act(real, step, world, owners)
    expect([n, step, said]).toEqual([n, step, wanted])
  }
  const rows = await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.orgId, real.org.orgId)))
  const ownerOf = new Map(rows.map((row) => [row.id, row]))
  for (const [at, lead] of world.leads.entries()) {
    const row = ownerOf.get(real.leadIds[at] as Id<'lead'>)
    expect([row?.ownerId ?? null, row?.recycleAt?.getTime() ?? null]).toEqual([lead.owner === null ? null : real.ids[lead.owner], lead.recycleAt])
    expect(row?.poolId).not.toBeNull()
  }
  const receipts = await asSuperuser((tx) => tx.select().from(ownershipChanges).where(eq(ownershipChanges.orgId, real.org.orgId)).orderBy(ownershipChanges.id))
  const shown = (id: Id<'mem'> | null) => (id === null ? null : real.ids.indexOf(id))
  // What one step moves at once has no order among its leads; each lead's own history has one.
  const byLead = <T extends unknown[]>(told: T[]) => told.sort(([a], [b]) => Number(a) - Number(b))
  expect(byLead(receipts.map((each) => [real.leadIds.indexOf(each.leadId), shown(each.fromId), shown(each.toId), each.way]))).toEqual(byLead(world.receipts.map((each) => [each.lead, each.from, each.to, each.way])))
  return history.steps.length
}

// 10,000 of these run on the rules alone (tests/unit/assignment/histories.test.ts); here the verbs prove that they keep to them.
it('the verbs answer, step by step, what the pure rules say: 3 random histories of up to 40 steps', async () => {
  const drawn = fc.sample(histories(40), { seed: seed(), numRuns: 12 }).sort((a, b) => b.steps.length - a.steps.length).slice(0, 3)
  let steps = 0
  for (const history of drawn) steps += await compared(history)
  expect(steps).toBeGreaterThan(20)
}, 60_000)
