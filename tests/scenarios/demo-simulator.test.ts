import { expect, it } from 'vitest'
import { discardDraft, ruleSets, saveDraft, simulateAssignment, type Simulated } from '~/domain/assignment'
import type { Context } from '~/domain/kernel'
import { defaultVisibility } from '~/domain/orgs/vocabulary'
import { purgeOrganisation } from '~/domain/privacy'
import { newId } from '~/lib/ids'
import { serveAs } from '~db/client.server'
import { furnish } from '~db/seeds/furnish/furnish'
import { loadRows } from '~db/seeds/load'
import { tell, worlds } from '~db/seeds/worlds'

const end = new Date('2026-06-30T15:00:00Z')

/** The told organisation in small, loaded as `npm start` loads it, and its manager. */
async function aDemo(): Promise<{ manager: Context; south: ReadonlySet<string> }> {
  const hamburg = worlds[1]
  if (hamburg === undefined) throw new Error('no world')
  const world = { ...hamburg, leads: 320 }
  const told = tell(world, { orgId: newId('org'), end, region: 'eu', userIds: new Map() })
  await loadRows(told.house.orgId, told.rows)
  await furnish(world, told)
  const seat = told.house.seats.find(({ role }) => role === 'manager')
  if (seat === undefined) throw new Error('no manager')
  const regions = ['Bayern', 'Baden-Württemberg', 'Sachsen']
  const companies = new Set(told.rows.companies.filter(({ region }) => regions.includes(region ?? '')).map(({ id }) => id))
  return {
    manager: { orgId: told.house.orgId, now: end, requestId: 'test', actor: { kind: 'user', userId: 'demo', memberId: seat.id, role: 'manager', teamId: null, visibility: defaultVisibility.manager } },
    south: new Set(told.rows.leads.filter(({ companyId }) => companyId != null && companies.has(companyId)).map(({ id }) => id)),
  }
}

/** What the simulator says, without the ids that each organisation has of its own. */
const shown = ({ draftId: _draft, ...said }: Simulated) => JSON.stringify(said)

it('replays the demo world: the same asked twice and told twice answers the same, and a changed rule shows who would have got what', async () => {
  serveAs('worker')
  const { manager, south } = await aDemo()
  const first = await simulateAssignment(manager, {})
  expect(shown(await simulateAssignment(manager, {}))).toBe(shown(first))
  expect([first.from, first.to, first.publishedVersion, first.isCut]).toEqual(['2026-06-01', '2026-06-30', 1, false])
  expect(first.arrivals).toBeGreaterThan(40)

  // The draft gives the south back to team North: no lead of another place moves because of it.
  expect(first.changed).toBeGreaterThan(3)
  expect(first.changed).toBe(first.changes.length)
  const ofSouth = first.changes.filter(({ leadId }) => south.has(leadId))
  expect(ofSouth.length).toBeGreaterThan(0)
  for (const { leadId, rule, to } of first.changes) {
    if (rule !== 'The south back to team North') continue
    expect(south.has(leadId)).toBe(true)
    expect(['Jan Claasen', 'Silke Ahrens']).toContain(to)
  }
  const given = (loads: readonly { given: number }[] | undefined) => (loads ?? []).reduce((sum, load) => sum + load.given, 0)
  expect(given(first.draft?.loads) + (first.draft?.inPool ?? 0)).toBe(first.arrivals)
  expect(given(first.published.loads) + first.published.inPool).toBe(first.arrivals)

  // A draft that is what is in force moves nobody; without a draft there is nothing to compare.
  const { published } = await ruleSets(manager, {})
  if (published === null) throw new Error('no rules')
  await saveDraft(manager, { rules: published.rules })
  const same = await simulateAssignment(manager, {})
  expect([same.changed, same.draft]).toEqual([0, same.published])
  await discardDraft(manager, {})
  expect((await simulateAssignment(manager, {})).draft).toBeNull()

  await purgeOrganisation(manager.orgId, { demoOnly: true })
  const again = await aDemo()
  expect(shown(await simulateAssignment(again.manager, {}))).toBe(shown(first))
})
