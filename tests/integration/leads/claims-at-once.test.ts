import { and, eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { publishDraft, saveDraft, setMemberTerms } from '~/domain/assignment'
import { memberOf, type Context } from '~/domain/kernel'
import { changeOwnership, claimLead, defaultPool, recycleLeads, updatePool } from '~/domain/leads'
import { newId, type Id } from '~/lib/ids'
import { leads, ownershipChanges } from '~db/schema'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { aLead, aWorld, later } from './a-lead'
import { assignOne } from '../assignment/assign-one'

useCommittedRows()
const idOf = (ctx: Context) => memberOf(ctx.actor) as Id<'mem'>
const codeOf = (result: PromiseSettledResult<unknown>) => (result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code)
const noRules = { dailyCap: null, heldCap: null, protectionDays: null, maxProtectionDays: null, firstContactHours: null, idleDays: null, coolDownHours: null, forEveryone: true }

it('of eight who claim one lead at once one gets it, the others hear who', async () => {
  const org = await anOrganisation()
  const reps = await Promise.all(Array.from({ length: 8 }, (_, at) => org.as('rep', { name: `Rep ${String(at)}` })))
  const { leadId } = await aLead(org)
  const results = await Promise.allSettled(reps.map((rep) => claimLead(rep, { leadId })))
  expect(results.map(codeOf).sort()).toEqual(['done', ...Array.from({ length: 7 }, () => 'taken')])
  const [winner] = await asSuperuser((tx) => tx.select({ ownerId: leads.ownerId }).from(leads).where(eq(leads.id, leadId)))
  const name = `Rep ${String(reps.findIndex((rep) => idOf(rep) === winner?.ownerId))}`
  for (const result of results) if (result.status === 'rejected') expect((result.reason as { params: object }).params).toEqual({ by: name })
  expect(await asSuperuser((tx) => tx.select().from(ownershipChanges).where(eq(ownershipChanges.leadId, leadId)))).toHaveLength(1)
})

it('one who claims, is assigned and is given leads at once never has more than the caps', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep')
  const world = await aWorld(org)
  const found = await Promise.all(Array.from({ length: 12 }, () => aLead(org, { world })))
  const { id: poolId } = await asSuperuser((tx) => defaultPool(tx, org.system))
  await updatePool(org.system, { poolId, ...noRules, dailyCap: 2 })
  await setMemberTerms(org.system, { memberId: idOf(rep), openCap: 5 })
  await publishDraft(org.system, await saveDraft(org.system, { rules: { rules: [{ key: 'all', name: 'All', to: { kind: 'member', memberId: idOf(rep) } }] } }))
  const results = await Promise.allSettled(found.map(({ leadId }, at) => (at % 3 === 0 ? claimLead(rep, { leadId }) : at % 3 === 1 ? changeOwnership(org.system, { leadId, to: idOf(rep) }) : assignOne(org.system, { leadId, eventKey: newId('evt') }))))
  expect(results.map(codeOf).filter((code) => !['done', 'at-cap', 'pool-day-cap'].includes(code))).toEqual([])
  await asSuperuser(async (tx) => {
    expect(await tx.select().from(leads).where(and(eq(leads.orgId, org.orgId), eq(leads.ownerId, idOf(rep))))).toHaveLength(5)
    const claims = await tx.select().from(ownershipChanges).where(and(eq(ownershipChanges.orgId, org.orgId), eq(ownershipChanges.way, 'claim')))
    expect(claims.length).toBeLessThanOrEqual(2)
  })
})

it('two who recycle at once move each lead once', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep')
  const { leadId } = await aLead(org)
  const { id: poolId } = await asSuperuser((tx) => defaultPool(tx, org.system))
  await updatePool({ ...org.system, now: new Date(0) }, { poolId, ...noRules, idleDays: 1 })
  await claimLead(rep, { leadId })
  const turns = await Promise.all([1, 2, 3].map(() => recycleLeads(later(org.system, 25), {})))
  expect(turns.reduce((sum, { recycled }) => sum + recycled, 0)).toBe(1)
  const [sum] = await asSuperuser((tx) => tx.select({ n: sql<number>`count(*)::int` }).from(ownershipChanges).where(eq(ownershipChanges.leadId, leadId)))
  expect(sum?.n).toBe(2)
})

it('leads that come in at once take turns, each its own', async () => {
  const org = await anOrganisation()
  const reps = [await org.as('rep'), await org.as('rep')]
  await publishDraft(org.system, await saveDraft(org.system, { rules: { rules: [{ key: 'all', name: 'All', to: { kind: 'members', members: reps.map((rep) => ({ memberId: idOf(rep), weight: 1 })) } }], keepsCompanyOwner: false } }))
  const world = await aWorld(org)
  const found = await Promise.all(Array.from({ length: 10 }, () => aLead(org, { world })))
  const results = await Promise.all(found.map(({ leadId }) => assignOne(org.system, { leadId, eventKey: newId('evt') })))
  expect(reps.map((rep) => results.filter(({ ownerId }) => ownerId === idOf(rep)).length)).toEqual([5, 5])
})
