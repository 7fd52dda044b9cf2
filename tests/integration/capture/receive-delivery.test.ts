import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { listDeliveries, pauseSource, processDelivery, receiptState, replayDeliveries, rotateSecret, sendTest } from '~/domain/capture'
import { receiveDelivery } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aGoogleSource, aStandardSource, countIn, deliveryIds, processAll, rowsIn } from './a-source'

const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)
const lead = { data: { external_id: 'a-1', full_name: '王芳', mobile: '13800138000', company: '线索科技' } }

describe('the door of signed JSON', () => {
  it('tells right from wrong signatures', async () => {
    const org = await anOrganisation()
    const stranger = await anOrganisation({ name: 'Stranger' })
    const source = await aStandardSource(org)
    const foreign = await aStandardSource(stranger)
    const signed = (secret: string, id: string, at: Date, text: string) => ({ 'webhook-signature': new Webhook(secret).sign(id, at, text) })
    const text = JSON.stringify(lead)
    const right = new Webhook(source.secret).sign('x', NOON, text)
    const cases: [string, Parameters<typeof source.post>[0], Parameters<typeof source.post>[1], number][] = [
      ['valid', lead, {}, 200],
      ['wrong secret', lead, { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }, 401],
      ["another organisation's secret", lead, { secret: foreign.secret }, 401],
      ['missing', lead, { headers: { 'webhook-signature': '' } }, 401],
      ['truncated', lead, { id: 'x', headers: { 'webhook-signature': right.slice(0, -5) } }, 401],
      ['body written anew', JSON.stringify(lead, null, 1), { id: 'x', headers: { 'webhook-signature': right } }, 401],
      ['301 s old', lead, { headers: { 'webhook-timestamp': String(later(-301).getTime() / 1000), ...signed(source.secret, 'o', later(-301), text) }, id: 'o' }, 401],
      ['301 s ahead', lead, { headers: { 'webhook-timestamp': String(later(301).getTime() / 1000), ...signed(source.secret, 'p', later(301), text) }, id: 'p' }, 401],
      ['299 s old', lead, { headers: { 'webhook-timestamp': String(later(-299).getTime() / 1000), ...signed(source.secret, 'q', later(-299), text) }, id: 'q' }, 200],
      ['another id', lead, { id: 'y', headers: { 'webhook-signature': right } }, 401],
      ['several, one right', lead, { id: 'x', headers: { 'webhook-signature': `v1,AAAA v1a,BBBB ${right}` } }, 200],
    ]
    for (const [name, body, options, status] of cases) expect([name, (await source.post(body, options)).status]).toEqual([name, status])
    const verdicts = (await listDeliveries(org.system, { state: 'rejected' })).deliveries
    expect(verdicts).toHaveLength(8)
    expect(await countIn(org, 'delivery_bodies', 'delivery_keys')).toEqual({ delivery_bodies: 3, delivery_keys: 3 })
    expect(await countIn(stranger, 'deliveries')).toEqual({ deliveries: 0 })
  })

  it('takes the former secret for a day after rotation, and the new one at once', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const { secret, formerUntil } = await rotateSecret(org.system, { sourceId: source.sourceId })
    expect(formerUntil).toEqual(later(86_400))
    expect((await source.post(lead)).status).toBe(200)
    expect((await source.post(lead, { secret })).status).toBe(200)
    const next = later(86_401)
    expect((await source.post(lead, { now: next })).status).toBe(401)
    expect((await source.post(lead, { now: next, secret })).status).toBe(200)
  })

  it('keeps what it cannot read, answers 200, and shows why', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const reply = await source.post('{"data": ')
    expect(reply.status).toBe(200)
    expect(await receiptState(reply.headers['Clew-Receipt'] ?? '')).toMatchObject({ state: 'stored' })
    expect(await processAll(org)).toMatchObject([{ verdict: 'unreadable', issues: [{ code: 'not-json' }] }])
    expect(await receiptState(reply.headers['Clew-Receipt'] ?? '')).toMatchObject({ state: 'unreadable', decidedAt: NOON })
    expect((await listDeliveries(org.system, { state: 'unreadable' })).deliveries).toHaveLength(1)
    expect(await countIn(org, 'inquiries')).toEqual({ inquiries: 0 })
  })

  it('refuses an unknown address without a trace, and a paused source with 410', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const unknown = await source.post(lead, { sourceKey: 'nobody-lives-here-at-all' }).catch((error: unknown) => error)
    expect(isRefusal(unknown, 'unknown-source')).toBe(true)
    const wrongDoor = await receiveDelivery({ connector: 'google-ads', sourceKey: source.sourceKey, raw: Buffer.from('{}'), headers: {}, query: new URLSearchParams(), requestId: 'test', now: NOON }).catch((error: unknown) => error)
    expect(isRefusal(wrongDoor, 'unknown-source')).toBe(true)
    await pauseSource(org.system, { sourceId: source.sourceId })
    expect((await source.post(lead)).status).toBe(410)
    expect((await listDeliveries(org.system, {})).deliveries.map(({ state, issues }) => [state, issues])).toEqual([['rejected', [{ path: '', code: 'source-paused' }]]])
    expect(await countIn(org, 'delivery_bodies')).toEqual({ delivery_bodies: 0 })
  })

  it('keeps at most sixty unverified messages a minute and source', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const replies = await Promise.all(Array.from({ length: 70 }, () => source.post(lead, { headers: { 'webhook-signature': 'v1,no' } })))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]))
    expect(replies.filter(({ headers }) => headers['Clew-Receipt'] !== undefined)).toHaveLength(60)
    expect(await countIn(org, 'deliveries')).toEqual({ deliveries: 60 })
  })

  it('makes a test no lead', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const google = await aGoogleSource(org)
    expect(await sendTest(org.system, { sourceId: source.sourceId })).toEqual({ status: 200 })
    expect(await sendTest(org.system, { sourceId: google.sourceId })).toEqual({ status: 200 })
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['test', 'test'])
    expect(await countIn(org, 'inquiries', 'leads')).toEqual({ inquiries: 0, leads: 0 })
  })
})

describe('the door of Google lead forms', () => {
  it('takes the same bytes three times for one lead, and other bytes of the same lead for none', async () => {
    const org = await anOrganisation()
    const google = await aGoogleSource(org)
    const body = { lead_id: 'L-1', google_key: google.secret, user_column_data: [{ column_id: 'EMAIL', string_value: 'ann@acme.de' }] }
    for (let i = 0; i < 3; i += 1) expect(await google.post(JSON.stringify(body))).toMatchObject({ status: 200, body: '{}' })
    expect((await google.post(JSON.stringify({ ...body, gcl_id: 'Cj0' }))).status).toBe(200)
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['processed', 'duplicate', 'duplicate', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads', 'touches')).toEqual({ inquiries: 1, leads: 1, touches: 1 })
  })
})

describe('a receipt', () => {
  it('opens only to whoever holds it whole', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    const receipt = (await source.post(lead)).headers['Clew-Receipt'] ?? ''
    expect(receipt).toMatch(/^rcp_[0-9a-z]{39}$/)
    expect(Object.keys(await receiptState(receipt)).sort()).toEqual(['connector', 'decidedAt', 'first', 'receipt', 'receivedAt', 'state'])
    const bad = [`${receipt.slice(0, -1)}${receipt.endsWith('0') ? '1' : '0'}`, receipt.slice(0, -13), `rcp_${'0'.repeat(39)}`, '', 'rcp_', `${receipt}0`]
    for (const guess of bad) expect(isRefusal(await receiptState(guess).catch((error: unknown) => error), 'not-found')).toBe(true)
  })
})

describe('replay', () => {
  it('reads again and makes no second lead; erased bodies are said', async () => {
    const org = await anOrganisation()
    const source = await aStandardSource(org)
    await source.post(lead)
    await source.post('nonsense')
    await processAll(org)
    const [first, second] = await deliveryIds(org)
    if (!first || !second) throw new Error('two deliveries were sent')
    expect(await replayDeliveries(org.system, { since: new Date(0) })).toEqual({ replayed: 2, next: null })
    const events = (await rowsIn<{ name: string }>(org, 'outbox')).map(({ name }) => name)
    expect(events.filter((name) => name === 'delivery.replayed')).toHaveLength(2)
    expect(await processDelivery(org.system, { deliveryId: first, again: true })).toMatchObject({ verdict: 'processed' })
    expect(await countIn(org, 'leads', 'inquiries', 'touches', 'delivery_outcomes')).toEqual({ leads: 1, inquiries: 1, touches: 1, delivery_outcomes: 2 })
    await asSuperuser((tx) => tx.execute(sql`delete from delivery_bodies`))
    expect(await processDelivery(org.system, { deliveryId: second, again: true })).toMatchObject({ verdict: 'unreadable', issues: [{ code: 'not-json' }] })
  })
})
