import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { addWorkDays } from '~/domain/orgs'
import { archivePolicy, changePolicy, clocksOf, createPolicy, keepClocks, listPolicies, orderPolicy, policyDetail, previewPolicy, reckonClocks } from '~/domain/sla'
import { auditEntries, slaClockChanges, slaClocks, slaPolicyVersions } from '~db/schema'
import { aLead, aWorld, later } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const terms = { name: 'Half an hour', firstMinutes: 30 }
const aPolicy = (owner: TestOrganisation, more: object = {}) => createPolicy(owner.system, { ...terms, ...more })
const clocks = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(slaClocks).where(eq(slaClocks.orgId, org.orgId)).orderBy(slaClocks.id))
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)

standingCases(createPolicy, { input: () => Promise.resolve(terms), foreign: 'names nothing' })
standingCases(changePolicy, { input: async (owner) => ({ ...terms, ...(await aPolicy(owner)), firstMinutes: 10 }) })
standingCases(archivePolicy, { input: (owner) => aPolicy(owner) })
standingCases(orderPolicy, { input: async (owner) => ({ ...(await aPolicy(owner)), direction: 'up' }) })
standingCases(policyDetail, { input: (owner) => aPolicy(owner) })
standingCases(listPolicies, { input: async (owner) => { await aPolicy(owner); return {} }, foreign: (rows) => expect(rows).toEqual([]) })
standingCases(previewPolicy, { input: async (owner) => { await aLead(owner); return { firstMinutes: 30 } }, foreign: (seen) => expect(seen.matched).toBe(0) })
standingCases(clocksOf, { input: async (owner) => {
  await aPolicy(owner)
  const { leadId } = await aLead(owner)
  await keepClocks(owner.system, [leadId])
  return { leadIds: [leadId] }
}, foreign: (seen) => expect(seen.size).toBe(0) })

it('the first policy that fits a lead counts; they are put in order', async () => {
  const org = await anOrganisation()
  const baidu = await aWorld(org, 'Baidu')
  const all = await aPolicy(org, { name: 'All' })
  const paid = await aPolicy(org, { name: 'Baidu only', firstMinutes: 5, channels: baidu.channelId })
  const { leadId } = await aLead(org, { world: baidu })
  expect((await orderPolicy(org.system, { policyId: paid.policyId, direction: 'up' })).policyIds).toEqual([paid.policyId, all.policyId])
  expect((await orderPolicy(org.system, { policyId: paid.policyId, direction: 'up' })).policyIds).toEqual([paid.policyId, all.policyId])
  const other = await aLead(org)
  await keepClocks(org.system, [leadId, other.leadId])
  const seen = await clocksOf(org.system, { leadIds: [leadId, other.leadId] })
  expect([seen.get(leadId)?.policy, seen.get(other.leadId)?.policy]).toEqual(['Baidu only', 'All'])
  expect(seen.get(leadId)?.dueAt).toEqual(later(org.system, 5 / 60).now)
  await archivePolicy(org.system, { policyId: all.policyId })
  expect(await refusal(archivePolicy(org.system, { policyId: all.policyId }))).toBe('not-found')
  expect((await listPolicies(org.system, {})).map(({ name, running }) => [name, running])).toEqual([['Baidu only', 1]])
  const audits = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)))
  expect(audits.map(({ action }) => action).sort()).toEqual(['sla.archive-policy', 'sla.create-policy', 'sla.create-policy', 'sla.order-policy'])
})

it('a change is a new version: what runs keeps its own, unless it is applied', async () => {
  const org = await anOrganisation()
  const { policyId } = await aPolicy(org, { firstMinutes: 60 })
  const { leadId } = await aLead(org)
  await keepClocks(org.system, [leadId])
  const soon = later(org.system, 0.1)
  expect(await changePolicy(soon, { ...terms, policyId, firstMinutes: 30, version: 1 })).toMatchObject({ version: 2, reckoned: 0 })
  expect((await clocks(org))[0]).toMatchObject({ policyVersion: 1, dueAt: later(org.system, 1).now })
  expect(await refusal(changePolicy(soon, { ...terms, policyId, version: 1 }))).toBe('stale')
  expect(await changePolicy(soon, { ...terms, policyId, firstMinutes: 120, applyToRunning: true })).toMatchObject({ version: 3, reckoned: 1 })
  expect((await clocks(org))[0]).toMatchObject({ policyVersion: 3, dueAt: later(org.system, 2).now, warn50At: later(org.system, 1).now, nextTimerAt: later(org.system, 1).now })
  const [change, versions] = await asSuperuser(async (tx) => [await tx.select().from(slaClockChanges).where(eq(slaClockChanges.orgId, org.orgId)), await tx.select().from(slaPolicyVersions).where(eq(slaPolicyVersions.orgId, org.orgId))])
  expect(change).toMatchObject([{ reason: 'policy', dueBefore: later(org.system, 1).now, dueAfter: later(org.system, 2).now }])
  expect(versions.map(({ version, firstMinutes }) => [version, firstMinutes])).toEqual([[1, 60], [2, 30], [3, 120]])
})

it('a holiday that is added moves what runs, and that is noted', async () => {
  const org = await anOrganisation()
  await aPolicy(org, { firstMinutes: 60 * 9 })
  const { leadId } = await aLead(org)
  await keepClocks(org.system, [leadId])
  // From noon on Wednesday nine hours end at noon on Thursday.
  expect((await clocks(org))[0]?.dueAt).toEqual(later(org.system, 24).now)
  await addWorkDays(org.system, { kind: 'off', lines: '2024-05-16 Feast' })
  expect(await reckonClocks(later(org.system, 1))).toBe(1)
  expect(await reckonClocks(later(org.system, 1))).toBe(0)
  expect((await clocks(org))[0]?.dueAt).toEqual(later(org.system, 48).now)
})

it('a preview says what a policy would have meant for the last thirty days', async () => {
  const org = await anOrganisation()
  const ago = (hours: number) => later(org.system, -hours).now
  // Yesterday at nine: answered after 10, 20 and 40 minutes; one not at all; one of last quarter, one imported, one junk.
  for (const minutes of [10, 20, 40]) await aLead(org, { cameInAt: ago(27), firstResponseAt: new Date(ago(27).getTime() + minutes * 60_000) })
  await aLead(org, { cameInAt: ago(27) })
  await aLead(org, { cameInAt: ago(24 * 40) })
  await aLead(org, { cameInAt: ago(27), isImported: true })
  await aLead(org, { cameInAt: ago(27), verdict: 'junk' })
  expect(await previewPolicy(org.system, { firstMinutes: 15 })).toEqual({ leads: 4, matched: 4, answered: 3, p50: 20, p90: 36, breached: 3, isCapped: false })
  expect(await previewPolicy(org.system, { firstMinutes: 15, channelKinds: 'referral' })).toMatchObject({ leads: 4, matched: 0, p50: null, breached: 0 })
  expect(await previewPolicy(org.system, { firstMinutes: 15, cells: '11' })).toMatchObject({ matched: 0 })
  expect(NOON).toEqual(ago(0))
})
