import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Context } from '~/domain/kernel'
import { receiptOf } from '~/domain/capture'
import { forgetPerson, renewTokens } from '~/domain/people'
import { searchPage, findRecords } from '~/domain/search'
import { newId, toUuid, type Id } from '~/lib/ids'
import { identities, inquiries, leads, people } from '~db/schema'
import { database } from '~db/client.server'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld } from '../leads/a-lead'

const named = async (org: TestOrganisation, q: string, ctx: Context = org.system) => {
  const { groups } = await findRecords(ctx, { q })
  return { leads: groups.leads.hits.map(({ id }) => id), people: groups.people.hits.map(({ title }) => title), companies: groups.companies.hits.map(({ title }) => title), hits: groups.leads.hits }
}
const reachable = (org: TestOrganisation, personId: Id<'per'>, kind: 'phone' | 'email' | 'external', value: string, shown = value) =>
  asSuperuser((tx) => tx.insert(identities).values({ orgId: org.orgId, kind, value, personId, shown, createdAt: NOON }))

standingCases(findRecords, {
  input: async (owner) => { await aLead(owner, { person: '张伟' }); return { q: '张伟' } },
  foreign: ({ groups }) => expect([groups.leads.hits, groups.people.hits, groups.companies.hits]).toEqual([[], [], []]),
})
standingCases(searchPage, {
  input: async (owner) => { await aLead(owner, { person: '张伟' }); return { q: '张伟', kind: 'leads' } },
  foreign: ({ hits }) => expect(hits).toEqual([]),
})

describe('search', () => {
  it.each([
    ['张伟', '张伟'], ['张伟', 'zhangwei'], ['张伟', 'zw'], ['张伟', 'zhang伟'], ['張偉', '张伟'], ['张小明', '张晓明'], ['Jürgen Müller', 'mueller'], ['Jürgen Müller', 'mulller'], ['单雄信', 'shanxiongxin'],
  ])('%s is found by %s', async (person, typed) => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org, { person })
    expect((await named(org, typed)).leads).toEqual([leadId])
    expect((await named(org, typed)).people).toEqual([person])
  })

  it('finds a number in any writing and an address, whole', async () => {
    const org = await anOrganisation()
    const { leadId, personId } = await aLead(org, { person: '李娜' })
    await reachable(org, personId, 'phone', '+8613800138000', '138 0013 8000')
    await reachable(org, personId, 'email', 'li.na@acme.example')
    for (const typed of ['+86 138-0013-8000', '13800138000', '138 0013 8000', '１３８００１３８０００', '008613800138000', '8000', 'li.na@acme.example', 'LI.NA@ACME.example', '@acme.example', 'acme.example']) {
      expect((await named(org, typed)).leads, typed).toEqual([leadId])
    }
    const [hit] = (await named(org, '13800138000')).hits
    expect(hit?.matched).toMatchObject({ field: 'phone', text: '138****8000' })
    expect(hit?.tier).toBe(1)
  })

  it('finds by a part of a number only one’s own leads', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const manager = await org.as('manager')
    const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
    const { leadId, personId } = await aLead(org, { person: '李娜', ownerId: memberId })
    await reachable(org, personId, 'phone', '+8613800138000', '138 0013 8000')
    for (const typed of ['38000', '1380013', '138001']) {
      expect((await named(org, typed, rep)).leads, typed).toEqual([leadId])
      expect((await named(org, typed, manager)).leads, typed).toEqual([])
    }
    expect((await named(org, '8000', manager)).leads).toEqual([leadId])
  })

  it('finds by external id, lead id and receipt', async () => {
    const org = await anOrganisation()
    const lead = await aLead(org)
    const deliveryId = newId('dlv')
    await asSuperuser(async (tx) => {
      await tx.insert(inquiries).values({ orgId: org.orgId, id: newId('inq'), sourceId: lead.sourceId, externalId: 'EXT-77', leadId: lead.leadId, isRepeat: false, at: NOON, recordedAt: NOON })
      await tx.execute(sql`insert into delivery_outcomes (org_id, id, delivery_id, verdict, lead_id, at) values (${toUuid(org.orgId)}, ${toUuid(newId('dlo'))}, ${toUuid(deliveryId)}, 'processed', ${toUuid(lead.leadId)}, ${NOON.toISOString()})`)
    })
    for (const typed of ['EXT-77', lead.leadId, receiptOf(deliveryId)]) expect((await named(org, typed)).leads, typed).toEqual([lead.leadId])
  })

  it('shows a rep with own visibility nobody else’s', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const world = await aWorld(org)
    const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
    const mine = await aLead(org, { world, person: '王芳', company: '恒泰科技', ownerId: memberId })
    const other = await aLead(org, { world, person: '王芳', company: '华宇科技' })
    await reachable(org, other.personId, 'phone', '+8613900139000')
    expect(await named(org, '王芳', rep)).toMatchObject({ leads: [mine.leadId], people: ['王芳'] })
    expect((await named(org, '华宇', rep)).companies).toEqual([])
    expect((await named(org, '13900139000', rep)).leads).toEqual([])
    expect((await named(org, other.leadId, rep)).leads).toEqual([])
    expect((await named(org, '王芳')).leads).toHaveLength(2)
  })

  it('tells the merged by the one that stands for them, and nobody who was erased', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const kept = await aLead(org, { world, person: '赵敏', company: '甲公司' })
    const gone = await aLead(org, { world, person: '周芷若', company: '乙公司' })
    await asSuperuser(async (tx) => { await tx.update(people).set({ canonicalId: kept.personId }).where(eq(people.id, gone.personId)) })
    const found = await named(org, '周芷若')
    expect([...found.leads].sort()).toEqual([kept.leadId, gone.leadId].sort())
    expect(found.people).toEqual(['赵敏'])
    await asSuperuser(async (tx) => { await tx.update(leads).set({ duplicateOf: kept.leadId, isOpen: false }).where(eq(leads.id, gone.leadId)) })
    expect((await named(org, gone.leadId)).leads).toEqual([kept.leadId])
    const other = await aLead(org, { world, person: '黄蓉', company: '丙公司' })
    const ctx: Context = org.system
    await database().transaction(async (tx) => { await tx.execute(sql`select set_config('app.org_id', ${toUuid(org.orgId)}, true)`); await forgetPerson({ ...ctx, tx }, other.personId) })
    for (const typed of ['黄蓉', 'huangrong']) expect(await named(org, typed), typed).toMatchObject({ leads: [], people: [] })
  })

  it('puts what fits best first, then one’s own, then the newest; pages neither repeat nor leave out', async () => {
    const org = await anOrganisation()
    const rep = await org.as('manager')
    const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
    const world = await aWorld(org)
    const day = (n: number) => new Date(NOON.getTime() - n * 86_400_000)
    const words = await aLead(org, { world, person: 'Ann Wei', cameInAt: day(0) })
    const beginning = await aLead(org, { world, person: 'Weiss', cameInAt: day(1) })
    const newer = await aLead(org, { world, person: 'Wei', cameInAt: day(2) })
    const own = await aLead(org, { world, person: 'Wei', cameInAt: day(3), ownerId: memberId })
    const order = [own.leadId, newer.leadId, beginning.leadId, words.leadId]
    expect((await named(org, 'wei', rep)).leads).toEqual(order)
    const paged: string[] = []
    let cursor: string | undefined
    for (let turn = 0; turn < 5; turn += 1) {
      const page = await searchPage(rep, { q: 'wei', kind: 'leads', limit: 1, cursor })
      paged.push(...page.hits.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      if (cursor === undefined) break
    }
    expect(paged).toEqual(order)
    await expect(searchPage(rep, { q: 'wei', kind: 'leads', cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it.each(["'", '%', '_', '\\', '"', '{}', ');--', '%%%%%', '+', '@', '..', 'a'.repeat(100), '\u0000x'])('lives with %j', async (typed) => {
    const org = await anOrganisation()
    await aLead(org)
    await expect(findRecords(org.system, { q: typed })).resolves.toBeDefined()
  })
})

standingCases(renewTokens, { input: async (owner) => { await aLead(owner, { person: '張偉' }); return { kind: 'people' } }, foreign: 'names nothing' })

describe('renewing search words', () => {
  it('writes what older rules wrote anew, batch by batch, once', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const first = await aLead(org, { world, person: '張偉', company: 'A' })
    await aLead(org, { world, person: 'Müller', company: 'B' })
    await asSuperuser((tx) => tx.update(people).set({ tokens: ['x'] }).where(eq(people.orgId, org.orgId)))
    expect((await named(org, '张伟')).leads).toEqual([])
    expect(await renewTokens(org.system, { kind: 'people', most: 1 })).toEqual({ isDone: false })
    expect((await named(org, '张伟')).leads).toEqual([first.leadId])
    expect((await named(org, 'mueller')).leads).toEqual([])
    expect(await renewTokens(org.system, { kind: 'people', most: 2 })).toEqual({ isDone: true })
    expect((await named(org, 'mueller')).leads).toHaveLength(1)
  })
})
