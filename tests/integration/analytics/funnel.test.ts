import { describe, expect, it } from 'vitest'
import { filterBehind, funnelByStage, timeBetweenStages } from '~/domain/analytics'
import { leadMetricNames } from '~/domain/analytics/metrics'
import { dimensionNames } from '~/domain/analytics/vocabulary'
import { memberOf, type Context } from '~/domain/kernel'
import { countLeads, listLeads } from '~/domain/leads'
import { newId, type Id } from '~/lib/ids'
import { exposures, inquiries, leads } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, aWorld } from '../leads/a-lead'

const may = { from: '2024-05-01', to: '2024-05-10' }
/** Noon of a day of May in Shanghai. */
const at = (day: number, hour = 12) => new Date(Date.UTC(2024, 4, day, hour - 8))
const zero = { exposures: null, inquiries: 0, leads: 0, valid_leads: 0, qualified: 0, graded: 0, won: 0, lost: 0, junk: 0 }
const counts = (row: object | undefined) => Object.fromEntries(Object.keys(zero).map((name) => [name, (row as Record<string, unknown> | undefined)?.[name]]))

standingCases(funnelByStage, { input: async (owner) => { await aLead(owner, { cameInAt: at(2) }); return may }, foreign: ({ rows, totals }) => { expect(rows).toEqual([]); expect(totals.leads).toBe(0) } })
standingCases(timeBetweenStages, { input: async (owner) => { await aLead(owner, { cameInAt: at(2), stage: { stage: 'won', wonAt: at(4) } }); return may }, foreign: ({ to_won: won }) => { expect(won.median).toBeNull() } })

/** Baidu: an open lead, one qualified, one won without steps between, one lost after qualified, one junk. Elsewhere: an old lead won in May. */
async function aMay(org: TestOrganisation) {
  const world = await aWorld(org)
  const other = await aWorld(org, 'Fair')
  const lead = (day: number, stage?: object, more: object = {}) => aLead(org, { world, cameInAt: at(day), ...(stage === undefined ? {} : { stage }), ...more })
  await lead(1)
  await lead(2, { stage: 'qualified', qualifiedAt: at(5) })
  await lead(3, { stage: 'won', wonAt: at(7) }, { isOpen: false })
  await lead(4, { stage: 'lost', qualifiedAt: at(6), lostAt: at(9), lostFrom: 'qualified', lostReason: 'price' }, { isOpen: false })
  await lead(5, undefined, { verdict: 'junk', junkAt: at(8), isOpen: false })
  await aLead(org, { world: other, cameInAt: new Date('2024-01-10T04:00:00Z'), stage: { stage: 'won', gradedAt: at(2), wonAt: at(8) }, isOpen: false })
  return { world, other }
}

describe('the funnel', () => {
  it('says what is too few to judge by: under 30 valid leads everything, under 5 wins only the won rate', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org)
    for (let n = 0; n < 26; n += 1) await aLead(org, { world, cameInAt: at(2) })
    for (let n = 0; n < 4; n += 1) await aLead(org, { world, cameInAt: at(2), stage: { stage: 'won', wonAt: at(4) }, isOpen: false })
    expect((await funnelByStage(org.system, may)).rows[0]).toMatchObject({ valid_leads: 30, won: 4, judged: false, few: 'wins' })
    await aLead(org, { world, cameInAt: at(2), stage: { stage: 'won', wonAt: at(4) }, isOpen: false })
    expect((await funnelByStage(org.system, may)).rows[0]).toMatchObject({ valid_leads: 31, won: 5, judged: true, few: null })
  })

  it('cohort: where the leads that came in stand now; a later stage implies the earlier, junk leaves the rates', async () => {
    const org = await anOrganisation()
    const { world } = await aMay(org)
    const { rows, totals } = await funnelByStage(org.system, may)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ key: world.channelId, label: 'Baidu', leads: 5, valid_leads: 4, qualified: 3, graded: 1, won: 1, lost: 1, junk: 1, judged: false, few: 'leads' })
    expect(rows[0]?.rates).toMatchObject({ valid: 0.8, qualified: 0.75, won: 0.25, qualified_to_graded: 1 / 3, graded_to_won: 1 })
    expect(rows[0]?.days_to_won).toEqual({ avg: 4, median: 4, p90: 4 })
    // Wilson of 1 in 4.
    expect(rows[0]?.win_rate_interval?.lo).toBeCloseTo(0.0456, 4)
    expect(rows[0]?.win_rate_interval?.hi).toBeCloseTo(0.6994, 4)
    expect(counts(totals)).toEqual(counts(rows[0]))
  })

  it('activity: what happened in the period, whenever the leads came in', async () => {
    const org = await anOrganisation()
    const { other } = await aMay(org)
    const { rows, totals } = await funnelByStage(org.system, { ...may, view: 'activity' })
    expect(counts(rows.find(({ key }) => key === other.channelId))).toEqual({ ...zero, qualified: 1, graded: 1, won: 1 })
    expect(counts(totals)).toEqual({ ...zero, leads: 5, valid_leads: 4, qualified: 4, graded: 2, won: 2, lost: 1, junk: 1 })
    expect(totals.win_rate_interval).toBeNull()
    // 10 January to 8 May 2024 are 119 days, 3 to 7 May are 4.
    expect(totals.days_to_won).toMatchObject({ avg: 61.5, median: 61.5 })
  })

  it('as of a day nothing later is used: leads, stages and verdicts', async () => {
    const org = await anOrganisation()
    await aMay(org)
    const of = async (asOf: string) => counts((await funnelByStage(org.system, { ...may, as_of: asOf })).totals)
    expect(await of('2024-05-04')).toEqual({ ...zero, leads: 4, valid_leads: 4 })
    expect(await of('2024-05-06')).toEqual({ ...zero, leads: 5, valid_leads: 5, qualified: 2 })
    expect(await of('2024-05-08')).toEqual({ ...zero, leads: 5, valid_leads: 4, qualified: 3, graded: 1, won: 1, junk: 1 })
    expect(await of('2024-05-20')).toEqual(counts((await funnelByStage(org.system, may)).totals))
  })

  it('every number opens a list of exactly that many leads, in both views, by everything, as of any day, for everybody', async () => {
    const org = await anOrganisation()
    const { world } = await aMay(org)
    const rep = await org.as('rep')
    await aLead(org, { world, cameInAt: at(6), ownerId: memberOf(rep.actor) as Id<'mem'>, stage: { stage: 'qualified', gradedAt: at(7) }, campaignId: null })
    for (const ctx of [org.system, rep] as Context[]) {
      for (const view of ['cohort', 'activity'] as const) for (const by of dimensionNames) for (const asOf of [undefined, '2024-05-07']) {
        const question = { ...may, view, by, ...(asOf === undefined ? {} : { as_of: asOf }) }
        const { rows, totals } = await funnelByStage(ctx, question)
        for (const metric of leadMetricNames) {
          expect(await countLeads(ctx, filterBehind(question, metric)), `${view} ${by} ${metric}`).toBe(totals[metric])
          for (const row of rows) expect(await countLeads(ctx, { ...filterBehind(question, metric), [by]: row.key ?? 'none' } as never), `${view} ${by} ${metric}`).toBe(row[metric])
        }
      }
    }
    const mine = await funnelByStage(rep, may)
    expect(mine.totals).toMatchObject({ leads: 1, graded: 1 })
    expect((await listLeads(rep, filterBehind({ ...may, view: 'cohort', by: 'channel' }, 'graded'))).rows).toHaveLength(1)
  })

  it('days are the organisation’s: across midnight, and across the change to summer time', async () => {
    const org = await anOrganisation({ timeZone: 'Europe/Berlin', currency: 'EUR' })
    const world = await aWorld(org)
    // 30 March 2024, 23:30 in Berlin; 31 March 23:30 (summer time); 1 April 00:30.
    const moments = ['2024-03-30T22:30:00Z', '2024-03-31T21:30:00Z', '2024-03-31T22:30:00Z']
    for (const moment of moments) await aLead(org, { world, cameInAt: new Date(moment), stage: { stage: 'won', wonAt: new Date('2024-04-02T21:59:00Z') }, isOpen: false })
    const on = async (day: string) => (await funnelByStage(org.system, { from: day, to: day })).totals
    expect([(await on('2024-03-30')).leads, (await on('2024-03-31')).leads, (await on('2024-04-01')).leads]).toEqual([1, 1, 1])
    expect((await on('2024-03-30')).days_to_won.avg).toBe(3)
    expect((await on('2024-04-01')).days_to_won.avg).toBe(1)
  })

  it('an empty channel is a row of its own, apart from one called unknown; exposures and inquiries stand beside', async () => {
    const org = await anOrganisation()
    const unknown = await aWorld(org, 'unknown')
    const lead = await aLead(org, { world: unknown, cameInAt: at(2) })
    await aLead(org, { world: unknown, cameInAt: at(2), channelId: null })
    await asSuperuser(async (tx) => {
      await tx.insert(exposures).values({ orgId: org.orgId, id: newId('xps'), day: '2024-05-02', channelId: unknown.channelId, impressions: 900, clicks: 9 })
      await tx.insert(exposures).values({ orgId: org.orgId, id: newId('xps'), day: '2024-05-11', channelId: unknown.channelId, impressions: 5, clicks: 0 })
      for (const hour of [1, 2]) await tx.insert(inquiries).values({
        orgId: org.orgId, id: newId('inq'), sourceId: unknown.sourceId, externalId: `i${hour}`, leadId: lead.leadId, channelId: unknown.channelId, isRepeat: hour === 2, at: at(2, hour), recordedAt: at(2),
      })
    })
    const { rows, totals } = await funnelByStage(org.system, may)
    const row = (label: string | null) => rows.find((each) => each.label === label)
    expect(row('unknown')).toMatchObject({ exposures: 900, inquiries: 2, leads: 1 })
    expect(row(null)).toMatchObject({ key: null, exposures: null, inquiries: 0, leads: 1 })
    expect(totals).toMatchObject({ exposures: 900, inquiries: 2, leads: 2 })
  })

  it('the junk story: 280 inquiries, 20 of them repeats, 260 leads, 104 junk, 156 valid, 4 won', async () => {
    const org = await anOrganisation()
    const world = await aWorld(org, '巨量')
    const template = await aLead(org, { world, cameInAt: at(1) })
    const rows = Array.from({ length: 259 }, (_, index) => ({
      orgId: org.orgId, id: newId('lead'), productLineId: world.productLineId, sourceId: world.sourceId, channelId: world.channelId, cameInAt: at(1 + (index % 9)), createdAt: at(1),
      isOpen: index >= 104, verdict: index < 104 ? 'junk' as const : 'valid' as const, junkAt: index < 104 ? at(10) : null,
    }))
    const { leadStages } = await import('~db/schema')
    await asSuperuser(async (tx) => {
      await tx.insert(leads).values(rows)
      await tx.insert(leadStages).values(rows.map(({ id }, index) => ({ orgId: org.orgId, leadId: id, stage: index > 254 ? 'won' as const : 'inquiry' as const, enteredAt: at(2), wonAt: index > 254 ? at(10) : null })))
      const asked = [...rows.map(({ id }) => id), template.leadId, ...rows.slice(0, 20).map(({ id }) => id)]
      await tx.insert(inquiries).values(asked.map((leadId, index) => ({
        orgId: org.orgId, id: newId('inq'), sourceId: world.sourceId, externalId: `m${index}`, leadId, channelId: world.channelId, isRepeat: index >= 260, at: at(2), recordedAt: at(2),
      })))
    })
    const { totals } = await funnelByStage(org.system, may)
    expect(totals).toMatchObject({ inquiries: 280, leads: 260, junk: 104, valid_leads: 156, won: 4, rates: { valid: 0.6 } })
    expect(await countLeads(org.system, filterBehind({ ...may, view: 'cohort', by: 'channel' }, 'valid_leads'))).toBe(156)
  })

  it('refuses days that do not exist or stand in the wrong order', async () => {
    const org = await anOrganisation()
    await expect(funnelByStage(org.system, { from: '2024-02-30', to: '2024-03-01' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(funnelByStage(org.system, { from: '2024-03-02', to: '2024-03-01' })).rejects.toMatchObject({ code: 'invalid', fields: { to: ['ends-before-it-begins'] } })
  })
})

describe('times between stages', () => {
  it('medians of steps, losses by stage and reason, and what is open', async () => {
    const org = await anOrganisation()
    await aMay(org)
    const times = await timeBetweenStages(org.system, may)
    // To qualified: 2 to 5 May and 4 to 6 May; the win skipped both stages between and is not timed by step.
    expect(times.to_qualified.median).toBe(2.5)
    expect(times.to_won.median).toBeNull()
    expect(times.lost).toEqual([{ from: 'qualified', reason: 'price', leads: 1 }])
    expect(times.open).toMatchObject({ inquiry: { leads: 1 }, qualified: { leads: 1 }, graded: { leads: 0 } })
    expect(times).toMatchObject({ first_lead: '2024-01-10', first_win: '2024-05-07' })
  })
})
