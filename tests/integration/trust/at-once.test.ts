import { beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '~/domain/auth'
import { isRefusal, markHandled, receiptOf } from '~/domain/kernel'
import { acceptInvitation, deactivateMember } from '~/domain/orgs'
import { purgeOrganisation } from '~/domain/privacy'
import { newId, toUuid } from '~/lib/ids'
import { randomToken, sha256 } from '~/platform/crypto'
import { invitations, members, outbox } from '~db/schema'
import { user } from '~db/schema/auth'
import { eq, sql } from 'drizzle-orm'
import { queueNames } from '~jobs/queues'
import { relayWaiting } from '~jobs/relay'
import { countIn, rowsIn } from '~tests/integration/capture/a-source'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { ask } from './site'
import { aPerson, aTrustWorld, type World } from './world'

useCommittedRows()

const run = newId('org').slice(-8)
let a: World
let b: World
const keys: Record<string, string> = {}
beforeAll(async () => {
  a = await aTrustWorld(`cnry_MA_${run}`)
  b = await aTrustWorld(`cnry_MB_${run}`)
  for (const [name, world] of Object.entries({ a, b })) keys[name] = (await createApiKey({ ...world.org.system, now: new Date() }, { name: 'writer', scopes: ['leads:write', 'leads:read'] })).key
})

const body = (externalId: string, more: object = {}) => JSON.stringify({ external_id: externalId, full_name: 'Li Wei', email: `${externalId.toLowerCase()}@${externalId.toLowerCase()}-trust.com`, ...more })
const post = (who: 'a' | 'b', text: string, key?: string) =>
  ask('/api/v1/leads', { body: text, headers: { authorization: `Bearer ${keys[who] ?? ''}`, 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) } })

describe('T59: idempotency keys', () => {
  it('the same key and body: one effect, the same answer', async () => {
    const first = await post('a', body('K1'), 'key-1')
    const again = await post('a', body('K1'), 'key-1')
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await again.json()).toEqual(await first.json())
  })

  it('the same key and another body or address: 422, no effect', async () => {
    await post('a', body('K2'), 'key-2')
    const before = await countIn(a.org, 'inquiries', 'leads', 'audit_entries')
    expect((await post('a', body('K2x'), 'key-2')).status).toBe(422)
    const elsewhere = await ask(`/api/v1/leads/${a.names.leadId}/contacts`, { body: body('K2'), headers: { authorization: `Bearer ${keys['a'] ?? ''}`, 'content-type': 'application/json', 'idempotency-key': 'key-2' } })
    expect(elsewhere.status).toBe(422)
    expect(await countIn(a.org, 'inquiries', 'leads', 'audit_entries')).toEqual(before)
  })

  it('16 at once: one effect; the others wait their turn or hear that it is under way', async () => {
    const before = await countIn(a.org, 'inquiries', 'leads')
    const answers = await Promise.all(Array.from({ length: 16 }, () => post('a', body('K3'), 'key-3')))
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    const after = await countIn(a.org, 'inquiries', 'leads')
    expect([(after['inquiries'] ?? 0) - (before['inquiries'] ?? 0), (after['leads'] ?? 0) - (before['leads'] ?? 0)]).toEqual([1, 1])
  })

  it('another organisation’s same key is its own', async () => {
    await post('a', body('K4'), 'key-4')
    const theirs = await post('b', body('K4'), 'key-4')
    expect(theirs.status).toBe(201)
    expect(theirs.headers.get('idempotency-replayed')).toBeNull()
  })

  it('what was refused is not kept: put right, it goes through under the same key', async () => {
    expect((await post('a', JSON.stringify({ full_name: 'nobody to reach' }), 'key-5')).status).toBe(422)
    expect((await post('a', body('K5'), 'key-5')).status).toBe(201)
  })
})

describe('two at once', () => {
  it('of two administrators who end each other’s access, one stays', async () => {
    for (let round = 0; round < 10; round += 1) {
      const org = await anOrganisation()
      const [one, two] = [await aPerson(org, 'admin', `pair${String(round)}`), await aPerson(org, 'admin', `pair${String(round)}b`)]
      const ended = await Promise.allSettled([one, two].map(({ memberId }) => deactivateMember(org.system, { memberId })))
      const active = (await rowsIn<{ status: string }>(org, 'members')).filter(({ status }) => status === 'active')
      expect(active).toHaveLength(1)
      const refused = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
      expect(refused).toHaveLength(1)
      expect(isRefusal(refused[0], 'last-admin'), String(refused[0])).toBe(true)
    }
  })

  it('an invitation accepted five times at once makes one account and one member', async () => {
    const org = await anOrganisation()
    const token = randomToken()
    const email = `five-${run}@example.com`
    await asSuperuser((tx) => tx.insert(invitations).values({ orgId: org.orgId, id: newId('inv'), email, role: 'rep', tokenHash: sha256(`invitation ${token}`).toString('hex'), createdAt: NOON, expiresAt: new Date(Date.now() + 86_400_000) }))
    const accepted = await Promise.allSettled(Array.from({ length: 5 }, () => acceptInvitation({ token, name: 'Five', password: 'five clever owls at dawn' }, new Date())))
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of accepted) if (each.status === 'rejected') expect(isRefusal(each.reason), String(each.reason)).toBe(true)
    expect(await rowsIn(org, 'members')).toHaveLength(1)
  })
})

describe('the queue is disposable, the receipts are not', () => {
  const anEvent = async (name: string) => {
    const org = await anOrganisation()
    const id = newId('evt')
    await asSuperuser((tx) => tx.insert(outbox).values({ orgId: org.orgId, id, name, payload: { leadId: newId('lead'), deliveryId: newId('dlv') }, createdAt: NOON }))
    return { org, id }
  }

  it('a stalled run that fails after another has finished does not turn done into dead', async () => {
    const { org, id } = await anEvent('delivery.received')
    const handled = { orgId: org.orgId, eventId: id, handler: 'process-delivery', now: NOON, of: 1 }
    await markHandled([{ ...handled, state: 'done', attempts: 1 }])
    await markHandled([{ ...handled, state: 'dead', attempts: 8, reason: 'StalledTooOften' }])
    expect(await receiptOf(org.orgId, id, 'process-delivery')).toBe('done')
  })

  it('a replay that works turns dead into done', async () => {
    const { org, id } = await anEvent('delivery.received')
    const handled = { orgId: org.orgId, eventId: id, handler: 'process-delivery', now: NOON, of: 1 }
    await markHandled([{ ...handled, state: 'dead', attempts: 8, reason: 'x' }])
    await markHandled([{ ...handled, state: 'done', attempts: 1 }])
    expect(await receiptOf(org.orgId, id, 'process-delivery')).toBe('done')
  })

  it('an event of a newer release holds nobody up, and stays owed', async () => {
    const strange = await anEvent('lead.of-the-future')
    const known = await anEvent('delivery.received')
    const added: string[] = []
    const queue = { name: 'q', addBulk: async (jobs: { data: { id: string } }[]) => { added.push(...jobs.map(({ data }) => data.id)); return [] } }
    const queues = Object.fromEntries(queueNames.map((name) => [name, queue])) as never
    await relayWaiting({ queues })
    expect(added).toContain(known.id)
    const [row] = await rowsIn<{ settled_at: string | null }>(strange.org, 'outbox')
    expect(row?.settled_at).toBeNull()
    await asSuperuser((tx) => tx.execute(sql`delete from outbox where org_id = ${toUuid(strange.org.orgId)}`))
  })
})

describe('an organisation that leaves', () => {
  it('takes the accounts that are nowhere else, and no other', async () => {
    const leaving = await anOrganisation({ isDemo: true })
    const staying = await anOrganisation()
    const alone = await aPerson(leaving, 'rep', 'alone')
    const resting = await aPerson(leaving, 'rep', 'resting')
    await asSuperuser((tx) => tx.insert(members).values({ orgId: staying.orgId, id: newId('mem'), userId: resting.userId, role: 'rep', name: 'Resting', email: `${resting.memberId}@example.com`, status: 'deactivated', createdAt: NOON }))
    const { emails } = await purgeOrganisation(leaving.orgId, { demoOnly: true })
    expect(emails.some((email) => email.startsWith(resting.memberId)), JSON.stringify(emails)).toBe(false)
    const left = async (userId: string) => (await asSuperuser((tx) => tx.select({ id: user.id }).from(user).where(eq(user.id, userId)))).length
    expect(await left(alone.userId)).toBe(0)
    expect(await left(resting.userId), 'a member who rests elsewhere keeps the account').toBe(1)
  })
})
