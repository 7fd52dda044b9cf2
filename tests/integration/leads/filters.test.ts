import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { countLeads, countSoon, createField, exportLeads, leadGroups, listLeads, setLeadField } from '~/domain/leads'
import { memberOf, type Context } from '~/domain/kernel'
import { LeadFilter } from '~/domain/leads/contract'
import { writeCondition, type Condition } from '~/lib/conditions'
import { newId, toUuid, type Id } from '~/lib/ids'
import { companies, leads as leadsTable, people, teams, type leads } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld } from './a-lead'
import { seededRandom, type RandomLead } from './random-leads'

standingCases(countSoon, { input: async (owner) => { await aLead(owner); return {} }, foreign: (count) => { expect(count).toBe(0) } })
standingCases(leadGroups, { input: async (owner) => { await aLead(owner); return { group: 'stage' as const } }, foreign: (groups) => { expect(groups).toEqual([]) } })

const SEED = Number(process.env['FILTER_SEED'] ?? 20_260_104)
const DAY = 86_400_000
const HOUR = 3_600_000
// Noon in Shanghai on a Wednesday: its day began twelve hours before. The reference counts days from there, by itself.
const today = NOON.getTime() - 12 * HOUR
const dayOf = (at: Date | null) => (at === null ? null : Math.floor((at.getTime() - today) / DAY))

const inMay = (day: number | null) => day !== null && day >= -14 && day <= 16
const tests: Record<string, (lead: RandomLead, values: string[]) => boolean> = {
  'stage.is': (lead, values) => values.includes(lead.stage), 'stage.not': (lead, values) => !values.includes(lead.stage),
  'verdict.is': (lead, values) => values.includes(lead.verdict),
  'owner.is': (lead, values) => lead.ownerId !== null && values.includes(lead.ownerId), 'owner.not': (lead, values) => lead.ownerId === null || !values.includes(lead.ownerId),
  'owner.empty': (lead) => lead.ownerId === null, 'team.is': (lead, values) => lead.teamId !== null && values.includes(lead.teamId), 'team.empty': (lead) => lead.teamId === null,
  'grade.is': (lead, values) => lead.grade !== null && values.includes(lead.grade), 'grade.empty': (lead) => lead.grade === null, 'grade.not': (lead, values) => lead.grade === null || !values.includes(lead.grade),
  'country.is': (lead, values) => lead.country !== null && values.includes(lead.country), 'country.not': (lead, values) => lead.country === null || !values.includes(lead.country), 'country.empty': (lead) => lead.country === null,
  'customer.yes': (lead) => lead.ofCustomer, 'customer.no': (lead) => !lead.ofCustomer,
  'resting.yes': (lead) => lead.snoozedUntil !== null && lead.snoozedUntil > NOON, 'resting.no': (lead) => lead.snoozedUntil === null || lead.snoozedUntil <= NOON,
  'response.none': (lead) => lead.firstResponseAt === null, 'response.over': (lead, [minutes]) => lead.firstResponseAt !== null && lead.firstResponseAt.getTime() - lead.cameInAt.getTime() > Number(minutes) * 60_000,
  'amount.over': (lead, [amount]) => lead.currency === 'CNY' && Number(lead.amount) > Number(amount) * 100, 'amount.empty': (lead) => lead.amount === null,
  'kind.is': (lead, values) => lead.channelId !== null && values.includes('paid'), 'kind.empty': (lead) => lead.channelId === null, 'channel.is': (lead, values) => lead.channelId !== null && values.includes(lead.channelId), 'channel.empty': (lead) => lead.channelId === null,
  'came_in.in': (lead, [span]) => (span === 'today' ? dayOf(lead.cameInAt) === 0 : span === 'month' ? inMay(dayOf(lead.cameInAt)) : (dayOf(lead.cameInAt) ?? 9) >= -2 && (dayOf(lead.cameInAt) ?? 9) <= 4),
  'came_in.last': (lead, [days]) => { const day = dayOf(lead.cameInAt) ?? 1; return day <= 0 && day > -Number(days) },
  'came_in.ago': (lead, [days]) => (dayOf(lead.cameInAt) ?? 0) < -Number(days), 'contact.ago': (lead, [days]) => lead.lastContactAt !== null && (dayOf(lead.lastContactAt) ?? 0) < -Number(days),
  'contact.empty': (lead) => lead.lastContactAt === null, 'next.next': (lead, [days]) => { const day = dayOf(lead.nextStepAt); return day !== null && day >= 0 && day < Number(days) }, 'next.set': (lead) => lead.nextStepAt !== null,
  'won.last': (lead, [days]) => { const day = dayOf(lead.wonAt); return day !== null && day <= 0 && day > -Number(days) },
}

describe('any filter', () => {
  it('finds in SQL exactly what a plain reading of its rows finds, over 300 leads', async () => {
    console.info(`seed ${SEED}`)
    const org = await anOrganisation()
    const random = seededRandom(SEED)
    const teamId = newId('team')
    await asSuperuser((tx) => tx.insert(teams).values({ orgId: org.orgId, id: teamId, name: 'East', createdAt: NOON }))
    const [li, wang] = [await org.as('rep', { teamId }), await org.as('rep')]
    const owners = [li, wang].map((ctx) => memberOf(ctx.actor) as Id<'mem'>)
    const world = await aWorld(org)
    const known = await random.leads(300, { ...world, owners, teamId })
    await asSuperuser(async (tx) => {
      for (const [table, rows] of random.rows(org.orgId, world, known)) await tx.insert(table as typeof leads).values(rows as never)
    })
    const values: Record<string, () => string[]> = {
      stage: () => random.some(['inquiry', 'qualified', 'graded', 'won', 'lost']), verdict: () => random.some(['valid', 'junk']), owner: () => random.some(owners), team: () => [teamId], grade: () => random.some(['A', 'B', 'C', 'D']),
      country: () => random.some(['CN', 'DE', 'FR']), kind: () => random.some(['paid', 'event']), channel: () => [world.channelId],
    }
    const ofOp: Record<string, () => string[]> = {
      'came_in.in': () => [random.of(['today', 'month', 'week'])], 'came_in.last': () => [random.of(['1', '7', '30'])], 'came_in.ago': () => [random.of(['7', '14'])], 'contact.ago': () => [random.of(['3', '14'])],
      'next.next': () => [random.of(['1', '7'])], 'won.last': () => [random.of(['7', '30'])], 'response.over': () => [random.of(['30', '600'])], 'amount.over': () => [random.of(['0', '50000', '12.5']), 'CNY'],
    }
    const one = (): Condition => {
      const [field = '', op = ''] = random.of(Object.keys(tests)).split('.')
      return { field, op, values: ofOp[`${field}.${op}`]?.() ?? (op === 'is' || op === 'not' ? (values[field]?.() ?? []) : []) }
    }
    const fits = (lead: RandomLead, { field, op, values: wanted }: Condition) => tests[`${field}.${op}`]?.(lead, wanted) === true
    let found = 0
    for (let round = 0; round < 100; round += 1) {
      const [f, or] = [Array.from({ length: random.upTo(3) }, one), Array.from({ length: random.upTo(3) }, one)]
      const expected = known.filter((lead) => f.every((row) => fits(lead, row)) && (or.length === 0 || or.some((row) => fits(lead, row)))).length
      const asked = { f: f.map(writeCondition), or: or.map(writeCondition) }
      expect({ seed: SEED, asked, count: await countLeads(org.system, asked) }).toEqual({ seed: SEED, asked, count: expected })
      found += expected
    }
    expect(found).toBeGreaterThan(500)
    // Every page together is the count, whatever the order.
    for (const sort of ['came_in', '-came_in', '-contact', 'contact', 'next', '-won', '-amount', 'amount', 'grade', '-grade', 'name', '-name', 'company', '-owner', 'owner']) expect([sort, new Set(await allOf(org.system, sort)).size]).toEqual([sort, 300])
  })
})

async function allOf(ctx: Context, sort: string): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await listLeads(ctx, { sort, limit: 70, cursor })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(ids).toHaveLength(300)
  return ids
}

describe('the address of a filter', () => {
  it('says what the old parameters say, and refuses what is no filter', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const world = await aWorld(org)
    await aLead(org, { world, ownerId: memberOf(rep.actor) })
    await aLead(org, { world, channelId: null, stage: { stage: 'qualified', qualifiedAt: NOON } })
    const same: [object, object][] = [[{ stage: 'qualified' }, { f: 'stage.is.qualified' }], [{ channel: world.channelId }, { f: `channel.is.${world.channelId}` }], [{ channel: 'none' }, { f: 'channel.empty' }], [{ owner: 'none' }, { f: ['owner.empty'] }],
      [{ hour: 12 }, { f: 'hour.eq.12' }], [{ hour: 11 }, { f: 'hour.eq.11' }], [{ sla: 'kept' }, { f: 'sla.is.kept' }], [{ sla: 'missed' }, { f: 'sla.is.missed' }]]
    for (const [old, written] of same) expect([old, await countLeads(org.system, old)]).toEqual([old, await countLeads(org.system, written)])
    expect(await countLeads(rep, { f: 'owner.is.me' })).toBe(1)
    expect(await countLeads(org.system, { f: 'owner.is.me' })).toBe(0)
    for (const f of ['stage', 'stage.is', 'stage.is.open', 'owner.is.li', 'came_in.last.soon', 'came_in.in.someday', 'won.between.2024-02-30.2024-03-01', 'amount.over.x.CNY', 'nothing.is.x', "stage.is.won'--", 'stage.has.x', 'sla.is.soon', 'hour.eq.noon', 'hour.is.9']) {
      expect(LeadFilter.safeParse({ f }).success, f).toBe(false)
    }
    expect((await exportLeads(org.system, { f: 'stage.is.qualified' })).rows).toBe(1)
  })

  it('groups with counts, and counts in time or says that it could not', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    for (let n = 0; n < 10; n += 1) await aLead(org, { world, stage: n < 9 ? {} : { stage: 'qualified', qualifiedAt: NOON }, channelId: n < 4 ? null : world.channelId })
    const told = (groups: { key: string | null; count: number | null; rows: unknown[] }[]) => groups.map(({ key, count, rows }) => [key, count, rows.length])
    expect(told(await leadGroups(org.system, { group: 'stage' }))).toEqual([['inquiry', 9, 8], ['qualified', 1, 1]])
    expect(told(await leadGroups(org.system, { group: 'channel' }))).toEqual([[world.channelId, 6, 6], [null, 4, 4]])
    expect(await countSoon(org.system, { f: 'stage.is.inquiry' })).toBe(9)
  })
})

describe('custom fields in filters', () => {
  it('answer by kind, negated for leads without a value too', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    const [a, b] = [await aLead(org, { world }), await aLead(org, { world })]
    await aLead(org, { world })
    const make = async (kind: string, more = {}) => (await createField(org.system, { kind: kind as 'text', labelEn: `A ${kind}`, ...more })).fieldId
    const choices = [{ key: 'red', en: 'Red' }, { key: 'blue', en: 'Blue' }]
    const ids = { text: await make('text'), number: await make('number'), money: await make('money', { currency: 'CNY' }), date: await make('date'), choice: await make('choice', { choices }), multi: await make('multi_choice', { choices }), flag: await make('boolean') }
    const set = (leadId: Id<'lead'>, fieldId: Id<'cf'>, value: string | string[]) => setLeadField(org.system, { leadId, fieldId, value })
    for (const [fieldId, forA, forB] of [[ids.text, '50% off_', 'other'], [ids.number, '7.5', '12'], [ids.money, '1200.50', '80'], [ids.date, '2024-05-15', '2024-04-01'], [ids.choice, 'red', 'blue'], [ids.multi, ['red', 'blue'], ['blue']], [ids.flag, 'yes', 'no']] as const) {
      await set(a.leadId, fieldId, forA as string)
      await set(b.leadId, fieldId, forB as string)
    }
    const cases: [string, number][] = [
      [`${ids.text}.has.50% off_`, 1], [`${ids.text}.has.%`, 1], [`${ids.text}.empty`, 1], [`${ids.number}.over.7~.4`, 2], [`${ids.number}.eq.7~.5`, 1], [`${ids.money}.over.1200.CNY`, 1], [`${ids.money}.under.80~.01.CNY`, 1],
      [`${ids.date}.in.today`, 1], [`${ids.date}.ago.14`, 1], [`${ids.choice}.is.red`, 1], [`${ids.choice}.not.red`, 2], [`${ids.multi}.is.red`, 1], [`${ids.multi}.is.blue`, 2], [`${ids.multi}.not.red`, 2], [`${ids.flag}.yes`, 1], [`${ids.flag}.no`, 2], [`${ids.text}.set`, 2],
    ]
    for (const [f, count] of cases) expect([f, await countLeads(org.system, { f })]).toEqual([f, count])
    const stranger = await anOrganisation()
    await aLead(stranger)
    expect(await countLeads(stranger.system, { f: `${ids.text}.set` })).toBe(0)
  })
})


describe('orders by names', () => {
  it('stand in the order of the Chinese dictionary, without a name last, a person before its company', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep', { name: '李雷' }), await org.as('rep', { name: '王芳' })]
    const made = [
      ['张伟', '乙公司', wang], ['Anna', '甲公司', li], ['', '丙公司', li], ['陈静', null, null], ['', null, null],
    ] as const
    const ids: string[] = []
    for (const [name, company, owner] of made) {
      const lead = await aLead(org, owner === null ? {} : { ownerId: memberOf(owner.actor) as Id<'mem'> })
      await asSuperuser(async (tx) => {
        await tx.update(people).set({ name }).where(eq(people.id, lead.personId))
        if (company === null) await tx.update(leadsTable).set({ companyId: null }).where(eq(leadsTable.id, lead.leadId))
        else await tx.update(companies).set({ name: company }).where(eq(companies.id, lead.companyId))
      })
      ids.push(lead.leadId)
    }
    const order = async (sort: string) => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await listLeads(org.system, { sort, limit: 2, cursor })
        found.push(...page.rows.map(({ id }) => String(ids.indexOf(id))))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return found.join('')
    }
    // By pinyin: 丙 bing, 陈 chen, 张 zhang, and then Latin letters, as ICU orders Chinese.
    expect([await order('name'), await order('-name')]).toEqual(['23014', '10324'])
    expect(await order('company')).toMatch(/^210(34|43)$/)
    expect(await order('owner')).toMatch(/^(12|21)0(34|43)$/)
  })

  it('are refused for more than ten thousand leads, and say so; a filter that leaves fewer is put in order', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    await asSuperuser((tx) => tx.execute(sql`
      insert into leads (org_id, id, product_line_id, source_id, came_in_at, is_open, is_imported, of_customer, created_at)
      select l.org_id, gen_random_uuid(), l.product_line_id, l.source_id, l.came_in_at - interval '1 day', false, true, false, l.created_at from leads l, generate_series(1, 10000) where l.id = ${toUuid(leadId)}`))
    const asked = (input: object) => listLeads(org.system, { limit: 5, ...input }).then(({ rows }) => rows.length, (error: { code: string; fields: object }) => [error.code, error.fields])
    expect(await asked({ sort: 'name' })).toEqual(['invalid', { sort: ['too-many-to-sort'] }])
    expect(await asked({ sort: 'name', from: '2024-05-15', to: '2024-05-15' })).toBe(1)
  })
})
