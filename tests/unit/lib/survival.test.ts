import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { cumulativeIncidence, kaplanMeier, shareBy, stillExpected, type Watched } from '~/lib/survival'
import { readSharedFile, sharedPath, sharedTest } from '~tests/support/shared-data'

type Row = Record<string, string>
const rowsOf = (path: string): Row[] => parse(readSharedFile(path), { columns: true, bom: true })
const DAY = 86_400_000
const dayOf = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY

/** Leads of Olist as they stood on a day: days to the win, or days waited. Wins before the first contact count from it. */
function olist(asOf: string, since: string): (Watched & { origin: string; at: number })[] {
  const wins = new Map(rowsOf(sharedPath('data/olist/olist_closed_deals_dataset.csv') ?? '').map((row) => [row['mql_id'], dayOf(row['won_date'] ?? '')]))
  const end = dayOf(asOf)
  return rowsOf(sharedPath('data/olist/olist_marketing_qualified_leads_dataset.csv') ?? '').flatMap((row) => {
    const at = dayOf(row['first_contact_date'] ?? '')
    const won = wins.get(row['mql_id'])
    if (at < dayOf(since) || at > end) return []
    const happened = won !== undefined && won <= end
    return [{ time: Math.max(0, (happened ? won : end) - at), happened, origin: row['origin'] === '' ? '(missing)' : (row['origin'] ?? ''), at }]
  })
}

describe('Kaplan and Meier', () => {
  sharedTest('is what survfit says of the leukaemia data', 'data/oracles/km_aml_survfit.csv', (file) => {
    const aml = rowsOf(sharedPath('data/oracles/aml.csv') ?? '')
    for (const group of ['Maintained', 'Nonmaintained']) {
      const steps = kaplanMeier(aml.filter(({ x }) => x === group).map(({ time, status }) => ({ time: Number(time), happened: status === '1' })))
      const wanted = rowsOf(file).filter(({ strata }) => strata === `x=${group}`)
      for (const row of wanted.filter((each) => Number(each['n.event']) > 0)) {
        const step = steps.find(({ time }) => time === Number(row['time']))
        expect([step?.atRisk, step?.events]).toEqual([Number(row['n.risk']), Number(row['n.event'])])
        expect(1 - (step?.share ?? 2)).toBeCloseTo(Number(row['surv']), 9)
        if (row['lower'] !== 'NA') expect(1 - (step?.hi ?? 2)).toBeCloseTo(Number(row['lower']), 9)
        if (row['upper'] !== 'NA') expect(1 - (step?.lo ?? 2)).toBeCloseTo(Number(row['upper']), 9)
      }
      expect(steps).toHaveLength(wanted.filter((each) => Number(each['n.event']) > 0).length)
    }
  })

  for (const [name, asOf, since] of [['olist_km_all_cens_20181114', '2018-11-14', '2017-01-01'], ['olist_km_jan18plus_cens_20181114', '2018-11-14', '2018-01-01'], ['olist_km_jan18plus_asof_20180531', '2018-05-31', '2018-01-01']] as const) {
    sharedTest(`is what survfit says of ${name}`, `data/oracles/${name}.csv`, (file) => {
      const leads = olist(asOf, since)
      let checked = 0
      for (const { o = '', t, F, lo, hi } of rowsOf(file)) {
        const steps = kaplanMeier(leads.filter(({ origin }) => `o=${origin}` === o))
        const step = steps.findLast(({ time }) => time <= Number(t))
        expect(Math.abs(shareBy(steps, Number(t)) - Number(F)), `${o} ${t}`).toBeLessThan(1e-6)
        expect(Math.abs((step?.lo ?? 0) - Number(lo)), `${o} ${t} low`).toBeLessThan(1e-6)
        expect(Math.abs((step?.hi ?? 0) - Number(hi)), `${o} ${t} high`).toBeLessThan(1e-6)
        checked += 1
      }
      expect(checked).toBeGreaterThan(30)
    })
  }

  it('counts nobody before they were seen', () => {
    // Three people; the third is seen from day 3 on. Day 2: 1 of 2. Day 5: 1 of 2 (the second left on day 4).
    const steps = kaplanMeier([{ time: 2, happened: true }, { time: 4, happened: false }, { time: 5, happened: true, from: 3 }, { time: 6, happened: false, from: 1 }])
    expect(steps.map(({ time, atRisk, events, share }) => [time, atRisk, events, share])).toEqual([[2, 3, 1, 1 / 3], [5, 2, 1, 2 / 3]].map((row) => row.map((value) => expect.closeTo(value, 12) as number)))
  })

  it('gives what is lost no chance to be won', () => {
    // Day 1: 1 of 4 won. Day 2: 1 lost. Day 3: 1 of 2 won: 1/4 + 3/4 · 2/3 · 1/2 = 1/2.
    const watched = [{ time: 1, ended: 'event' }, { time: 2, ended: 'other' }, { time: 3, ended: 'event' }, { time: 9, ended: null }] as const
    expect(cumulativeIncidence(watched)).toEqual([{ time: 1, share: 0.25 }, { time: 3, share: expect.closeTo(0.5, 12) as number }])
    expect(shareBy(kaplanMeier(watched.map(({ time, ended }) => ({ time, happened: ended === 'event' }))), 3)).toBeGreaterThan(0.5)
  })

  it('expects of those who wait what may still come', () => {
    const steps = [{ time: 10, share: 0.2 }, { time: 30, share: 0.6 }]
    // Waiting for 5 days: 0.6. For 15: (0.6 − 0.2) / 0.8 = 0.5. For 40: nothing more.
    expect(stillExpected(steps, [5, 15, 40])).toBeCloseTo(1.1, 12)
  })

  sharedTest('projects Olist nearer to what came than the pooled curve does', 'data/olist/olist_closed_deals_dataset.csv', () => {
    const WON_SINCE = dayOf('2017-12-05')
    const truth: Record<string, number> = { '2018-03-31': 468, '2018-04-30': 651, '2018-05-31': 781 }
    const errors = Object.entries(truth).map(([asOf, came]) => {
      const recent = olist(asOf, '2018-01-01')
      // Leads from before wins were recorded are in sight only from then on.
      const all = olist(asOf, '2017-01-01').map((each) => ({ ...each, from: Math.max(0, WON_SINCE - each.at) }))
      const won = recent.filter(({ happened }) => happened).length
      const waiting = recent.filter(({ happened }) => !happened).map(({ time }) => time)
      const error = (steps: readonly { time: number; share: number }[]) => Math.abs((won + stillExpected(steps, waiting)) / came - 1)
      return { pooled: error(kaplanMeier(recent)), delayed: error(kaplanMeier(all)) }
    })
    const mean = (of: 'pooled' | 'delayed') => errors.reduce((sum, error) => sum + error[of], 0) / errors.length
    for (const [at, stated] of [0.129, 0.013, 0.031].entries()) expect(errors[at]?.pooled).toBeCloseTo(stated, 3)
    expect(mean('delayed')).toBeLessThan(mean('pooled'))
    process.stdout.write(`projection: pooled ${(mean('pooled') * 100).toFixed(2)} %, delayed entry ${(mean('delayed') * 100).toFixed(2)} % off on average\n`)
  })
})
