import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { createApiKey } from '~/domain/auth'
import { leads } from '~db/schema'
import { newId } from '~/lib/ids'
import { policy } from '~tests/support/authz-policy'
import { asSuperuser } from '~tests/support/database'
import { useCommittedRows } from '~tests/support/committed-rows'
import { ask } from './site'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()

let world: World
let key: string
beforeAll(async () => {
  world = await aTrustWorld(`cnry_M_${newId('org').slice(-8)}`)
  key = (await createApiKey({ ...world.org.system, now: new Date() }, { name: 'masked', scopes: ['leads:read'] })).key
})

const digits = /138[\s-]?0013[\s-]?8000/
const address = () => `${world.mark}@corp-`.toLowerCase()
// The inbound message as it came is a right of its own (deliveries:body), and the file somebody uploaded is theirs.
const ownRights = new Set(['GET /deliveries/:deliveryId', 'GET /imports/:importId', 'GET /imports/:importId/result', 'GET /deliveries/replay'])

async function leaksOf(who: string, headers: Record<string, string>): Promise<{ leaks: string[]; asked: number }> {
  const leaks: string[] = []
  let asked = 0
  for (const [door, rule] of Object.entries(policy)) {
    const [method, path = ''] = door.split(' ')
    if (method !== 'GET' || door.includes('/api/live') || door.includes('/api/hooks') || ownRights.has(door)) continue
    const filled = path.replace('{id}', world.names.leadId).replace(/[:{](\w+)\}?/g, (_, name: string) => encodeURIComponent(world.names[name as keyof typeof world.names] ?? 'unknown')).replace('/*', '/nowhere')
    const search = rule.search === undefined ? '' : `?${new URLSearchParams(rule.search(world.names)).toString()}`
    for (const spelling of path.startsWith('/api') ? [''] : ['', '.data']) {
      const body = await (await ask(`${filled}${spelling}${search}`, { headers })).text()
      asked += 1
      if (digits.test(body) || body.toLowerCase().includes(address())) leaks.push(`${who}: ${door}${spelling}`)
    }
  }
  return { leaks, asked }
}

it('whoever does not own the lead finds its number and its address at no door', async () => {
  await asSuperuser((tx) => tx.update(leads).set({ ownerId: null }).where(eq(leads.orgId, world.org.orgId)))
  for (const role of ['manager', 'marketer', 'rep'] as const) {
    const { cookie } = await aSession(world.people[role].userId)
    const { leaks, asked } = await leaksOf(role, { cookie })
    expect(leaks).toEqual([])
    expect(asked).toBeGreaterThan(80)
  }
  // A key is how another system reads leads: it has them in full, at the doors of leads only.
  expect((await leaksOf('key', { authorization: `Bearer ${key}` })).leaks).toEqual(['key: GET /api/v1/leads', 'key: GET /api/v1/leads/{id}'])
}, 120_000)

it('the one who owns it does, or the test above would say nothing', async () => {
  await asSuperuser((tx) => tx.update(leads).set({ ownerId: world.people.rep.memberId }).where(eq(leads.orgId, world.org.orgId)))
  const { cookie } = await aSession(world.people.rep.userId)
  const body = await (await ask(`/leads/${world.names.leadId}`, { headers: { cookie } })).text()
  expect(body).toMatch(digits)
  expect(body.toLowerCase()).toContain(address())
}, 60_000)
