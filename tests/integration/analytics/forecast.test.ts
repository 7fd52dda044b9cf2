import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { v1 } from '~/api/v1'
import { forecast, forecastFigures, forecastLeads, forecastWins, withoutAmountBehind } from '~/domain/analytics'
import { createApiKey } from '~/domain/auth'
import { giveVerdict, countLeads, moveStage, undoMove } from '~/domain/leads'
import { answerError } from '~/http/middleware'
import { withFacts } from '~/http/request-context'
import type { Id } from '~/lib/ids'
import { aLead, aWorld, later } from '~tests/integration/leads/a-lead'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

standingCases(forecast, {
  input: async (owner) => { await graded(owner, 'D', 100n); return { by: 'owner' as const } },
  foreign: (seen) => expect(seen.currencies).toMatchObject([{ rows: [], totals: { leads: 0 } }]),
})
standingCases(forecastLeads, {
  input: async (owner) => { const lead = await graded(owner, 'D', 100n); return { channel: lead.channelId } },
  foreign: (seen) => expect(seen).toMatchObject({ leads: [], count: 0, sums: null }),
})

standingCases(forecastWins, {
  input: async (owner) => { const { leadId, channelId } = await aLead(owner); await won(owner, leadId, 5n, NOON); return { channel: channelId } },
  foreign: (seen) => expect(seen).toMatchObject({ wins: [], count: 0, sum: 0n }),
})

type More = { month?: string; currency?: string; at?: Date } & NonNullable<Parameters<typeof aLead>[1]>
/** A lead graded by hand now, or as imported history at a moment. */
async function graded(org: TestOrganisation, grade: 'A' | 'B' | 'C' | 'D', amount: bigint, { month, currency = 'CNY', at, ...more }: More = {}) {
  const lead = await aLead(org, { cameInAt: at ?? NOON, ...more })
  const wish = { leadId: lead.leadId, to: 'graded' as const, grade, amount, currency, month }
  const { moveId } = await moveStage(org.system, at === undefined ? wish : { ...wish, isImported: true, at })
  return { ...lead, moveId: moveId as Id<'mov'> }
}
const won = (org: TestOrganisation, leadId: Id<'lead'>, amount: bigint, at: Date, currency = 'CNY') => moveStage(org.system, { leadId, to: 'won', amount, currency, isImported: true, at })
/** A moment of Shanghai, in 2024. */
const moment = (text: string) => new Date(`2024-${text}:00+08:00`)

/** May 2024, noon of the 15th in Shanghai; nothing is ripe yet, so the chances are the stated ones: A .5, B .3, C .15, D .08. */
async function smallWorld(org: TestOrganisation) {
  const baidu = await aWorld(org, 'Baidu')
  const a = await graded(org, 'A', 10_000_000n, { month: '2024-05', world: baidu })
  await graded(org, 'B', 5_000_000n, { month: '2024-07' })
  await graded(org, 'C', 1_000_001n, { month: '2024-04', world: baidu })
  await graded(org, 'D', 100n)
  await graded(org, 'C', 200n, { month: '2025-05' })
  await graded(org, 'D', 2_000_000n, { currency: 'EUR', month: '2024-06' })
  await graded(org, 'C', 1_001n, { currency: 'JPY', month: '2024-06' })
  await aLead(org, { world: baidu })
  await aLead(org)
  const [inMay, lastMinute, firstMinute] = [await aLead(org, { world: baidu }), await aLead(org), await aLead(org)]
  await won(org, inMay.leadId, 3_000_000n, moment('05-10T09:00'))
  await won(org, lastMinute.leadId, 7n, moment('04-30T23:59'))
  await won(org, firstMinute.leadId, 100_000n, moment('05-01T00:00'))
  const junk = await graded(org, 'A', 999n, { month: '2024-05' })
  await giveVerdict(org.system, { leadId: junk.leadId, verdict: 'junk', reason: 'spam' })
  return { a }
}

describe('the forecast', () => {
  it('by hand: won in full, open by chance, months, currencies apart, leads without amount said', async () => {
    const org = await anOrganisation()
    await smallWorld(org)
    const report = await forecast(org.system, {})
    expect(report).toMatchObject({ as_of: '2024-05-15', month: '2024-05', currency: 'CNY', without_amount: { inquiry: 2, qualified: 0, graded: 0 } })
    const [cny, eur, jpy] = report.currencies
    // May: 30,000 + 1,000 won. A 100,000 · .5 and the overdue C 10,000.01 · .15 = 1,500.00 (half up of 1,500.0015).
    // Outcomes of the open: 0 (.425), 10,000.01 (.075), 100,000 (.425), 110,000.01 (.075): 10 % at 0, 90 % at 100,000.
    expect(cny?.months[0]).toMatchObject({ month: '2024-05', won: 3_100_000n, wins: 2, weighted: 5_150_000n, total: 8_250_000n, leads: 2, full: 11_000_001n, overdue: 1, placed: 0, low: 3_100_000n, high: 13_100_000n })
    // D without a month: 180 days from 15 May are 11 November.
    expect(cny?.months.map(({ month, weighted, leads, placed }) => [month, weighted, leads, placed])).toEqual([
      ['2024-05', 5_150_000n, 2, 0], ['2024-06', 0n, 0, 0], ['2024-07', 1_500_000n, 1, 0], ['2024-08', 0n, 0, 0], ['2024-09', 0n, 0, 0], ['2024-10', 0n, 0, 0], ['2024-11', 8n, 1, 1], ['later', 30n, 1, 0],
    ])
    expect(cny?.totals).toMatchObject({ won: 3_100_000n, weighted: 6_650_038n, total: 9_750_038n, leads: 5 })
    expect([eur?.currency, eur?.months.map(({ weighted }) => weighted)]).toEqual(['EUR', [0n, 160_000n, 0n]])
    // JPY has no smaller unit: 1,001 · .15 = 150.15.
    expect([jpy?.currency, jpy?.totals.weighted]).toEqual(['JPY', 150n])
    expect(report.rates.map(({ step, chance, few }) => [step, chance, few])).toEqual([['inquiry', 0.03, true], ['qualified', 0.15, true], ['A', 0.5, true], ['B', 0.3, true], ['C', 0.15, true], ['D', 0.08, true]])
  })

  it('every number opens the leads it counts, and their parts add up to it', async () => {
    const org = await anOrganisation()
    const { a } = await smallWorld(org)
    for (const filter of [{}, { line: a.productLineId, owner: 'none' as const }]) {
      const report = await forecast(org.system, { ...filter, by: 'channel' })
      for (const { currency, months, totals, rows } of report.currencies) {
        const sum = (list: readonly { weighted: bigint }[]) => list.reduce((total, { weighted }) => total + weighted, 0n)
        for (const month of months) {
          const behind = await forecastLeads(org.system, { ...filter, currency, month: month.month })
          expect([behind.count, sum(behind.leads)]).toEqual([month.leads, month.weighted])
          if (month.overdue > 0) expect((await forecastLeads(org.system, { ...filter, currency, month: month.month, overdue: true })).count).toBe(month.overdue)
        }
        expect([sum(months), months.reduce((total, { leads }) => total + leads, 0)]).toEqual([totals.weighted, totals.leads])
        expect([sum(rows.map(({ all }) => all)), rows.reduce((total, { all }) => total + all.won, 0n)]).toEqual([totals.weighted, totals.won])
        for (const row of rows) {
          const behind = await forecastLeads(org.system, { ...filter, channel: (row.key ?? 'none') as 'none', currency })
          expect(behind.count, row.label ?? 'none').toBe(row.all.leads)
        }
      }
      for (const { currency, totals } of report.currencies) {
        const behind = await forecastWins(org.system, { ...filter, currency })
        expect([behind.count, behind.sum, behind.wins.reduce((total, { amount }) => total + amount, 0n)]).toEqual([totals.wins, totals.won, totals.won])
      }
      for (const stage of ['inquiry', 'qualified', 'graded'] as const) expect(await countLeads(org.system, withoutAmountBehind(filter, stage))).toBe(report.without_amount[stage])
    }
  })

  it('a move that was taken back leaves the forecast; so does a loss, until the lead is opened again', async () => {
    const org = await anOrganisation()
    const { leadId, moveId } = await graded(org, 'A', 100n, { month: '2024-05' })
    const total = async () => (await forecast(org.system, {})).currencies[0]?.totals.weighted
    expect(await total()).toBe(50n)
    await undoMove(org.system, { moveId })
    expect(await total()).toBe(0n)
    await moveStage(org.system, { leadId, to: 'graded', grade: 'B', amount: 100n, currency: 'CNY', month: '2024-05' })
    await moveStage(later(org.system, 1), { leadId, to: 'lost', reason: 'budget' })
    expect((await forecast(later(org.system, 2), {})).currencies[0]?.totals.leads).toBe(0)
    await moveStage(later(org.system, 3), { leadId, to: 'graded', grade: 'B', amount: 90n, currency: 'CNY', month: '2024-05', reason: 'came_back' })
    expect((await forecast(later(org.system, 4), {})).currencies[0]?.totals).toMatchObject({ leads: 1, weighted: 27n })
  })

  it('a rep sees their own leads, by chances of the whole organisation', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
    await graded(org, 'A', 100n, { month: '2024-05', ownerId: memberId })
    await graded(org, 'A', 1_000n, { month: '2024-05' })
    const report = await forecast(rep, { by: 'owner' })
    expect(report.currencies).toMatchObject([{ totals: { leads: 1, weighted: 50n }, rows: [{ key: memberId, label: 'A rep' }] }])
    expect((await forecastLeads(rep, {})).count).toBe(1)
    expect((await forecast(await org.as('manager'), {})).currencies[0]?.totals.leads).toBe(2)
    // An owner that is no part of the organisation owns nothing.
    expect((await forecast(org.system, { owner: 'mem_01jabcdefghjkmnpqrstvwxyz0' })).currencies[0]?.totals.leads).toBe(0)
  })

  it('months that are over are forecast from what was known on their first day', async () => {
    const org = await anOrganisation()
    const seen = await graded(org, 'A', 100_000n, { at: moment('03-10T09:00'), month: '2024-04', isImported: true })
    await won(org, seen.leadId, 80_000n, moment('04-20T09:00'))
    const unseen = await aLead(org, { cameInAt: moment('04-05T09:00') })
    await won(org, unseen.leadId, 20_000n, moment('04-30T23:59'))
    // April: 100,000 · .5; won 80,000 + 20,000, of which 20,000 came later. (50,000 − 100,000) / 100,000.
    expect(await forecastWins(org.system, { month: '2024-04' })).toMatchObject({ count: 2, sum: 100_000n })
    expect((await forecast(org.system, {})).back_test).toEqual({
      months: [{ month: '2024-04', forecast: 50_000n, low: 0n, high: 100_000n, won: 100_000n, unseen: 20_000n, error: -0.5, inside: true }],
      mape: 0.5, inside: 1, of: 1, withoutWins: 0, enough: false,
    })
  })

  it('nothing at all is an empty month, not an error', async () => {
    const org = await anOrganisation()
    const report = await forecast(org.system, {})
    expect(report.currencies).toMatchObject([{ currency: 'CNY', rows: [], totals: { total: 0n, low: 0n, high: 0n } }])
    expect(report.currencies[0]?.months.map(({ month }) => month)).toEqual(['2024-05', '2024-06', '2024-07'])
    expect(report.back_test).toMatchObject({ months: [], mape: null, enough: false })
  })

  it('the API answers the same figures, as decimals', async () => {
    const org = await anOrganisation()
    await smallWorld(org)
    const app = new Hono().onError(answerError).route('/api/v1', v1)
    const { key } = await createApiKey(await org.as('admin'), { name: 'Reports', scopes: ['reports:read'] } as never) as { key: string }
    const ask = (path: string) => withFacts({ requestId: 'test', ip: '127.0.0.1', now: NOON, nonce: '', viewing: async () => null }, async () => app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } }))
    const answer = await (await ask('/reports/forecast?by=line')).json() as { currencies: { months: object[] }[] }
    expect(answer).toEqual(JSON.parse(JSON.stringify(forecastFigures(await forecast(org.system, { by: 'line' })))))
    expect(answer.currencies[0]?.months[0]).toMatchObject({ won: '31000.00', weighted: '51500.00', total: '82500.00', low: '31000.00', high: '131000.00' })
    expect((await ask('/reports/forecast?by=weather')).status).toBe(422)
  })
})
