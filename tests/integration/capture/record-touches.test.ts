import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createContactCode, createSource, forgetVisitorEvents, processDelivery, receiveDelivery, receiveEvents } from '~/domain/capture'
import type { CreateSource } from '~/domain/capture/contract'
import { storeDelivery } from '~/domain/capture/store-delivery'
import { systemContext } from '~/domain/kernel'
import { leadTimeline, type TimelineEntry } from '~/domain/leads'
import { newId, toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { contactEvent, WECOM, wecomCallback, wecomKeys } from '~tests/support/platforms/wecom'
import { attendance, registration, ZOOM_SECRET, zoomMessage } from '~tests/support/platforms/zoom'
import { standingCases } from '~tests/support/standing-cases'
import type * as z from 'zod'
import { aStandardSource, countIn, deliveryIds, processAll, rowsIn } from './a-source'

type Message = { raw: Uint8Array; headers: Record<string, string>; query: URLSearchParams }
const at = (time: string) => new Date(`2024-05-15T${time}Z`)

async function aSource(org: TestOrganisation, connector: 'zoom' | 'wecom' | 'segment', more: Partial<z.input<typeof CreateSource>> = {}) {
  const given = { zoom: { secret: ZOOM_SECRET }, wecom: { secret: WECOM.token, keys: wecomKeys }, segment: {} }[connector]
  const source = await createSource(org.system, { connector, name: `A ${connector}`, ...given, ...more })
  const post = (message: Message, now = NOON) => receiveDelivery({ ...message, connector, sourceKey: source.sourceKey, requestId: 'test', now })
  return { ...source, post }
}
const aZoom = async (org: TestOrganisation, more: Partial<z.input<typeof CreateSource>> = {}) => {
  const source = await aSource(org, 'zoom', more)
  return { ...source, send: (body: object) => source.post(zoomMessage(body, NOON)) }
}
const aSite = async (org: TestOrganisation, more: Partial<z.input<typeof CreateSource>> = {}) => {
  const source = await aSource(org, 'segment', more)
  const send = (body: object) => receiveEvents({ raw: Buffer.from(JSON.stringify({ ...body, writeKey: source.secret })), headers: {}, query: new URLSearchParams(), requestId: 'test', now: NOON, call: null })
  return { ...source, send }
}
const aLead = async (org: TestOrganisation, data: object = { external_id: 'l1', full_name: '王芳', mobile: '13800138000', email: 'fang@acme.cn', message: 'demo', created_at: '2024-05-14T13:40:00Z' }) => {
  await (await aStandardSource(org, { name: `Form ${newId('x')}` })).post({ data })
  const verdicts = await processAll(org)
  const leadId = verdicts.at(-1)?.leadId
  if (!leadId) throw new Error('no lead')
  return leadId
}
const told = async (org: TestOrganisation, leadId: Id<'lead'>): Promise<TimelineEntry[]> => (await leadTimeline(org.system, { leadId })).days.flatMap(({ entries }) => entries)
const touchesOf = async (org: TestOrganisation, leadId: Id<'lead'>) => (await told(org, leadId)).flatMap((entry) => (entry.kind === 'touch' ? [entry] : []))

standingCases(createContactCode, { input: async (owner) => ({ leadId: await aLead(owner), sourceId: (await aSource(owner, 'wecom')).sourceId }) })

describe('attendance of a webinar', () => {
  it('hangs on the lead of who registered, with minutes, told on its page', async () => {
    const org = await anOrganisation()
    const zoom = await aZoom(org)
    await zoom.send(registration({ id: 'R1', email: 'ana@acme.com', questions: [{ title: 'Contact me', value: 'yes' }] }))
    await zoom.send(attendance({ step: 'joined', at: '2024-05-15T02:01:40Z', registrant: 'R1' }))
    await zoom.send(attendance({ step: 'left', at: '2024-05-15T02:50:00Z', registrant: 'R1' }))
    await zoom.send(attendance({ step: 'left', at: '2024-05-15T02:50:00Z', registrant: 'R1' }))
    const [first] = await processAll(org)
    if (!first?.leadId) throw new Error('no lead')
    expect(await touchesOf(org, first.leadId)).toMatchObject([
      { touch: 'webinar', at: at('02:50:00'), said: { event: 'left', topic: 'Product webinar', minutes: 48 } }, { touch: 'webinar', at: at('02:01:40'), said: { event: 'joined', minutes: null } },
    ])
    expect(await countIn(org, 'touches', 'touch_details', 'touch_keys', 'visitor_events')).toEqual({ touches: 3, touch_details: 2, touch_keys: 2, visitor_events: 0 })
    await processDelivery(systemContext(org.orgId, 'process-delivery', NOON), { deliveryId: (await deliveryIds(org))[1] as Id<'dlv'>, again: true })
    expect(await countIn(org, 'touches')).toEqual({ touches: 3 })
    expect((await rowsIn(org, 'inquiries'))[0]).toMatchObject({ external_id: '94000000001:R1' })
    expect((await rowsIn<{ kind: string }>(org, 'touches')).map(({ kind }) => kind)).toEqual(['webinar', 'webinar', 'webinar'])
  })

  it('ends in the same rows in every order', async () => {
    const steps = [
      registration({ id: 'R1', email: 'ana@acme.com', questions: [{ title: 'Contact me', value: 'yes' }] }), registration({ id: 'R2', email: 'bo@other.com', first: 'Bo' }),
      attendance({ step: 'joined', at: '2024-05-15T02:00:00Z', registrant: 'R1' }), attendance({ step: 'left', at: '2024-05-15T02:20:00Z', registrant: 'R1' }),
      attendance({ step: 'joined', at: '2024-05-15T02:30:00Z', registrant: 'R1' }), attendance({ step: 'left', at: '2024-05-15T03:00:00Z', registrant: 'R1' }),
      attendance({ step: 'joined', at: '2024-05-15T02:10:00Z', email: 'bo@other.com', user: '2' }), attendance({ step: 'joined', at: '2024-05-15T02:11:00Z', email: 'nobody@known.com', user: '3' }),
    ]
    const wanted = [
      'Ana lead joined 02:00 null', 'Ana lead joined 02:30 null', 'Ana lead left 02:20 20', 'Ana lead left 03:00 30', 'Bo none joined 02:10 null',
    ]
    const numRuns = Number(process.env['CLEW_ORDERS'] ?? 5)
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: steps.length }), async (order) => {
      const org = await anOrganisation()
      const zoom = await aZoom(org, { leadRule: 'on_request' })
      for (const step of order) await zoom.send(step)
      await processAll(org)
      expect(await touchLines(org)).toEqual(wanted)
      expect(await countIn(org, 'leads', 'people', 'visitor_events', 'visitor_event_names')).toEqual({ leads: 1, people: 2, visitor_events: 1, visitor_event_names: 1 })
    }), { numRuns })
  })

  it('nobody can be named for is dropped and never an error', async () => {
    const org = await anOrganisation()
    const zoom = await aZoom(org)
    await zoom.send(attendance({ step: 'joined', at: '2024-05-15T02:10:00Z' }))
    expect(await processAll(org)).toMatchObject([{ verdict: 'processed' }])
    expect(await countIn(org, 'touches', 'touch_keys', 'visitor_events')).toEqual({ touches: 0, touch_keys: 0, visitor_events: 0 })
  })

  it('is forgotten after 90 days when its person never came', async () => {
    const org = await anOrganisation()
    await (await aZoom(org)).send(attendance({ step: 'joined', at: '2024-05-15T02:10:00Z', email: 'x@y.co' }))
    await processAll(org)
    const after = (days: number) => new Date(NOON.getTime() + days * 86_400_000)
    expect([await forgetVisitorEvents(after(89)), await forgetVisitorEvents(after(91))]).toEqual([0, 1])
    expect(await countIn(org, 'visitor_events', 'visitor_event_names')).toEqual({ visitor_events: 0, visitor_event_names: 0 })
  })
})

async function touchLines(org: TestOrganisation): Promise<string[]> {
  const rows = await asSuperuser((tx) => tx.execute<{ line: string }>(sql`
    select p.given_name || ' ' || case when t.lead_id is null then 'none' else 'lead' end || ' ' || coalesce(jsonb_path_query_first(d.answers, '$[*] ? (@.question == "event").answer') #>> '{}', t.kind)
      || ' ' || to_char(t.at at time zone 'UTC', 'HH24:MI') || ' ' || coalesce(d.minutes::text, 'null') as line
    from touches t join people p on p.org_id = t.org_id and p.id = t.person_id join touch_details d on d.org_id = t.org_id and d.touch_id = t.id
    where t.org_id = ${toUuid(org.orgId)} order by 1`))
  return rows.map(({ line }) => line)
}

describe('a contact on WeChat', () => {
  const pushed = (event: Parameters<typeof contactEvent>[0], nonce = '1') => wecomCallback(contactEvent(event), { nonce })
  // What the fetch queue keeps when WeCom has answered.
  const fetched = async (org: TestOrganisation, sourceId: Id<'src'>, contact: object) => {
    const id = newId('dlv')
    const body = Buffer.from(JSON.stringify({ errcode: 0, ...contact }))
    await storeDelivery({ orgId: org.orgId, id, sourceId, connector: 'wecom', dedupeKey: `fetch:${id}`, bodySha256: 'x', bodyBytes: body.byteLength, replyStatus: 200, requestId: 'test', receivedAt: NOON, way: 'fetch', kept: { headers: {}, body } })
    return processDelivery(systemContext(org.orgId, 'process-delivery', NOON), { deliveryId: id })
  }
  const contactOf = (id: string, more: object = {}) => ({ external_contact: { external_userid: id, name: '小王' }, follow_user: [{ userid: 'lina', createtime: 1715734980, state: 'expo24', ...more }] })

  it('that came by a lead’s own code is its person, and stops its clock', async () => {
    const org = await anOrganisation()
    const leadId = await aLead(org)
    const wecom = await aSource(org, 'wecom')
    const rep = await org.as('manager')
    const { code } = await createContactCode(rep, { leadId, sourceId: wecom.sourceId })
    expect(await createContactCode(rep, { leadId, sourceId: wecom.sourceId })).toEqual({ code })
    expect(code.length).toBeLessThanOrEqual(30)
    await expect(createContactCode(rep, { leadId, sourceId: (await aStandardSource(org)).sourceId })).rejects.toMatchObject({ code: 'not-found' })
    await wecom.post(pushed({ change: 'add_external_contact', contact: 'woAJ2', state: code, at: at('01:03:00') }))
    await wecom.post(pushed({ change: 'add_external_contact', contact: 'woAJ2', state: code, at: at('01:03:00') }, '2'))
    await processAll(org)
    const [lead] = await rowsIn<{ first_response_at: Date; version: number }>(org, 'leads')
    expect([new Date(lead?.first_response_at ?? 0), lead?.version]).toEqual([at('01:03:00'), 2])
    expect(await touchesOf(org, leadId)).toMatchObject([{ touch: 'wechat', at: at('01:03:00'), said: { event: 'accepted' } }])
    expect(await fetched(org, wecom.sourceId, contactOf('woAJ2', { state: code, remark_mobiles: ['13900139000'] }))).toMatchObject({ verdict: 'processed', leadId: null })
    expect(await countIn(org, 'leads', 'people', 'inquiries')).toEqual({ leads: 1, people: 1, inquiries: 1 })
    expect((await rowsIn<{ kind: string; value: string }>(org, 'identities')).map(({ kind, value }) => `${kind} ${value}`).sort()).toEqual(['email fang@acme.cn', 'phone +8613800138000', 'phone +8613900139000', 'wechat woaj2'])
    const events = (await rowsIn<{ name: string }>(org, 'outbox')).filter(({ name }) => name === 'lead.changed')
    const audits = (await rowsIn<{ action: string; actor_kind: string }>(org, 'audit_entries')).filter(({ action }) => /contact|first-response/.test(action))
    expect([events.length, audits.map(({ action, actor_kind: kind }) => `${kind} ${action}`).sort()]).toEqual([1, ['source lead.bind-contact', 'source lead.bind-contact', 'source lead.note-first-response', 'user contact-code.create']])
  })

  it('that came by a channel code is an inquiry; the add waits for it, in whatever order they come', async () => {
    for (const isPushFirst of [true, false]) {
      const org = await anOrganisation()
      const wecom = await aSource(org, 'wecom', { keys: { ...wecomKeys, state_campaigns: 'expo24 = Expo 2024' }, channel: '展会' })
      const steps = [
        async () => { await wecom.post(pushed({ change: 'add_external_contact', contact: 'woAJ2', state: 'expo24', at: at('01:03:00') })); await processAll(org) },
        async () => void (await fetched(org, wecom.sourceId, contactOf('woAJ2', { remark_mobiles: ['13800138000'] }))),
      ]
      for (const step of isPushFirst ? steps : steps.reverse()) await step()
      const [lead] = await rowsIn<{ id: string; first_response_at: Date; campaign_id: string | null }>(org, 'leads')
      expect([new Date(lead?.first_response_at ?? 0), lead?.campaign_id === null]).toEqual([at('01:03:00'), false])
      expect(await countIn(org, 'leads', 'inquiries', 'touches', 'visitor_events')).toEqual({ leads: 1, inquiries: 1, touches: 2, visitor_events: 0 })
      expect((await rowsIn<{ name: string }>(org, 'campaigns')).map(({ name }) => name)).toEqual(['Expo 2024'])
    }
  })

  it('whose phone is noted later fills the same inquiry, and joins who has that phone', async () => {
    const org = await anOrganisation()
    const wecom = await aSource(org, 'wecom')
    await fetched(org, wecom.sourceId, contactOf('woAJ2'))
    await fetched(org, wecom.sourceId, contactOf('woAJ2', { remark_mobiles: ['13800138000'] }))
    expect(await countIn(org, 'leads', 'people', 'inquiries', 'identities')).toEqual({ leads: 1, people: 1, inquiries: 1, identities: 2 })
    await aLead(org)
    expect(await countIn(org, 'leads', 'people')).toEqual({ leads: 1, people: 1 })
  })

  it('does not answer a lead that came in later', async () => {
    const org = await anOrganisation()
    const wecom = await aSource(org, 'wecom')
    const leadId = await aLead(org, { external_id: 'l1', mobile: '13800138000', created_at: '2024-05-15T03:00:00Z' })
    const { code } = await createContactCode(org.system, { leadId, sourceId: wecom.sourceId })
    await wecom.post(pushed({ change: 'add_external_contact', contact: 'woAJ2', state: code, at: at('01:03:00') }))
    await processAll(org)
    expect((await rowsIn(org, 'leads'))[0]).toMatchObject({ first_response_at: null })
  })
})

describe('visitors of a website', () => {
  const page = (id: string, path: string, more: object = {}) => ({ type: 'page', messageId: id, anonymousId: 'anon-1', timestamp: '2024-05-15T03:00:00Z', context: { userAgent: 'Firefox', page: { url: `https://acme.cn${path}` } }, ...more })
  const form = { type: 'track', messageId: 'f1', anonymousId: 'anon-1', event: 'Form Submitted', properties: { email: 'fang@acme.cn', name: '王芳' } }

  it('are touches once a form says who they are, with what first brought them', async () => {
    const org = await anOrganisation()
    const site = await aSite(org)
    await site.send(page('p1', '/?utm_source=baidu&bd_vid=Xy1'))
    await site.send(page('p2', '/pricing', { anonymousId: 'somebody-else' }))
    await processAll(org)
    expect(await countIn(org, 'touches', 'visitor_events')).toEqual({ touches: 0, visitor_events: 2 })
    await site.send(form)
    await site.send(page('p3', '/docs'))
    const verdicts = await processAll(org)
    const leadId = verdicts.find((verdict) => verdict.leadId !== null)?.leadId
    if (!leadId) throw new Error('no lead')
    expect((await touchesOf(org, leadId)).map(({ touch, said }) => `${touch} ${said.page ?? ''}`).sort()).toEqual(['ad_click https://acme.cn/?utm_source=baidu&bd_vid=Xy1', 'page_view https://acme.cn/docs'])
    expect((await rowsIn<{ utm: object; click_ids: object }>(org, 'touch_details')).map(({ utm, click_ids: ids }) => JSON.stringify([utm, ids])).sort()).toEqual(['[{"utm_source":"baidu"},{"bd_vid":"Xy1"}]', '[{},{}]'])
    expect(await countIn(org, 'visitor_events', 'visitors')).toEqual({ visitor_events: 1, visitors: 1 })
  })

  it('end in the same rows in every order', async () => {
    const steps = [
      page('p1', '/a'), page('p2', '/b', { anonymousId: undefined, userId: 'u7' }), { type: 'identify', messageId: 'i1', anonymousId: 'anon-1', userId: 'u7' },
      { type: 'identify', messageId: 'i2', userId: 'u7', traits: { email: 'fang@acme.cn' } }, page('p3', '/c', { anonymousId: 'anon-2' }), { type: 'alias', messageId: 'a1', previousId: 'anon-2', userId: 'u7' },
    ]
    const numRuns = Number(process.env['CLEW_ORDERS'] ?? 5)
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray([...steps, null], { minLength: steps.length + 1 }), async (order) => {
      const org = await anOrganisation()
      const site = await aSite(org)
      for (const step of order) {
        // The lead comes from elsewhere, by its address alone.
        if (step === null) await aLead(org, { external_id: 'l1', first_name: 'Fang', email: 'fang@acme.cn' })
        else await site.send(step)
        await processAll(org)
      }
      const lines = (await touchLines(org)).map((line) => line.replace(/ (?:lead|none) /, ' '))
      expect(lines).toEqual(['Fang viewed 03:00 null', 'Fang viewed 03:00 null', 'Fang viewed 03:00 null'])
      expect(await countIn(org, 'visitor_events', 'visitors', 'people')).toEqual({ visitor_events: 0, visitors: 3, people: 1 })
    }), { numRuns })
  })

  it('who only introduce themselves make no person', async () => {
    const org = await anOrganisation()
    await (await aSite(org)).send({ type: 'identify', messageId: 'i1', userId: 'u7', traits: { email: 'new@acme.cn' } })
    await processAll(org)
    expect(await countIn(org, 'people', 'inquiries', 'visitor_events')).toEqual({ people: 0, inquiries: 0, visitor_events: 1 })
  })

  it('who opted out leave nothing behind', async () => {
    const org = await anOrganisation()
    const site = await aSite(org)
    expect(await site.send(page('p1', '/', { context: { gpc: true } }))).toMatchObject({ status: 200 })
    expect(await countIn(org, 'deliveries', 'delivery_bodies', 'visitor_events')).toEqual({ deliveries: 0, delivery_bodies: 0, visitor_events: 0 })
  })

  it('are counted once, by clocks set right', async () => {
    const org = await anOrganisation()
    const site = await aSite(org)
    await aLead(org, { external_id: 'l1', first_name: 'Fang', email: 'fang@acme.cn' })
    await site.send({ type: 'identify', messageId: 'i2', anonymousId: 'anon-1', traits: { email: 'fang@acme.cn' } })
    const seen = page('p1', '/a', { timestamp: '2021-01-01T00:00:00Z' })
    await site.send({ batch: [seen], sentAt: '2021-01-01T00:10:00Z' })
    await site.send({ batch: [seen, page('p2', '/b', { timestamp: '2030-01-01T00:00:00Z' })], sentAt: '2030-01-01T00:00:01Z' })
    await processAll(org)
    // Ten minutes before it was received, for the sender's clock stood still in 2021; the other came a second before.
    expect(await touchLines(org)).toEqual(['Fang lead viewed 03:50 null', 'Fang lead viewed 03:59 null'])
  })
})

describe('batches', () => {
  it('that are bad in part are kept and answered item by item; another organisation’s key leads elsewhere', async () => {
    const [org, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })]
    const site = await aSite(org)
    await aSite(other)
    const answer = await site.send({ batch: [{ type: 'page', messageId: 'p1', anonymousId: 'a' }, { type: 'page' }] })
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { success: true, errors: [{ index: 1, code: 'nobody-named' }] }])
    expect(await processAll(org)).toMatchObject([{ verdict: 'processed', issues: [{ code: 'some-events-unreadable' }] }])
    expect([await countIn(org, 'visitor_events'), await countIn(other, 'visitor_events', 'deliveries')]).toEqual([{ visitor_events: 1 }, { visitor_events: 0, deliveries: 0 }])
    const knock = (key: string) => receiveEvents({ raw: Buffer.from('{}'), headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }, query: new URLSearchParams(), requestId: 'test', now: NOON, call: null })
    expect(await knock(`${site.sourceKey}.wrong`)).toMatchObject({ status: 401 })
    await expect(knock('no-such-key-at-all-here.x')).rejects.toMatchObject({ code: 'unknown-source' })
    await expect(knock('')).rejects.toMatchObject({ code: 'unknown-source' })
  })
})
