import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { filterBehind, funnelByStage, timeBetweenStages } from '~/domain/analytics'
import { importFile } from '~/domain/capture'
import { countLeads } from '~/domain/leads'
import { leadMetricNames } from '~/domain/analytics/metrics'
import { anOrganisation } from '~tests/support/organisations'
import { sharedTest } from '~tests/support/shared-data'

/** metrics.md, "Olist by origin": leads, won, rate in %, average and median days, Wilson's interval in %. */
const table: Record<string, readonly [number, number, string, string, number, string, string]> = {
  '(empty)': [60, 14, '23.33', '49.2', 7.5, '14.44', '35.44'],
  unknown: [1099, 179, '16.29', '41.3', 11, '14.22', '18.59'],
  paid_search: [1586, 195, '12.30', '56.6', 15, '10.77', '14.00'],
  organic_search: [2296, 271, '11.80', '50.0', 14, '10.55', '13.19'],
  direct_traffic: [499, 56, '11.22', '31.1', 10, '8.74', '14.29'],
  referral: [284, 24, '8.45', '32.5', 18.5, '5.74', '12.27'],
  social: [1350, 75, '5.56', '61.0', 30, '4.46', '6.91'],
  display: [118, 6, '5.08', '10.3', 8.5, '2.35', '10.65'],
  other_publicities: [65, 3, '4.62', '39.3', 35, '1.58', '12.71'],
  email: [493, 15, '3.04', '52.2', 21, '1.85', '4.96'],
  other: [150, 4, '2.67', '15.3', 9, '1.04', '6.66'],
  all: [8000, 842, '10.53', '48.4', 14, '9.87', '11.22'],
}
const hundred = (ratio: number | null | undefined) => ((ratio ?? Number.NaN) * 100).toFixed(2)

sharedTest('8,000 leads and 842 wins become the published funnel, and every number opens its leads', 'data/olist/olist_marketing_qualified_leads_dataset.csv', async (path) => {
  const org = await anOrganisation({ name: 'Olist', timeZone: 'America/Sao_Paulo', currency: 'BRL' })
  const read = (name: string) => readFileSync(join(dirname(path), name))
  const leadsFile = read('olist_marketing_qualified_leads_dataset.csv')
  const wonFile = read('olist_closed_deals_dataset.csv')
  expect((await importFile(org.system, { kind: 'leads', open: () => leadsFile })).counts).toMatchObject({ rows: 8000, created: 8000, failed: 0 })
  const won = await importFile(org.system, { kind: 'outcomes', open: () => wonFile })
  expect(won.counts).toMatchObject({ rows: 842, created: 842, failed: 0 })
  expect(won.tally).toEqual({ 'won-before-lead': 1 })
  expect((await importFile(org.system, { kind: 'outcomes', open: () => wonFile })).counts).toMatchObject({ unchanged: 842 })

  const question = { from: '2017-06-01', to: '2018-12-31', by: 'channel' as const, view: 'cohort' as const }
  const { rows, totals } = await funnelByStage(org.system, question)
  const seen = Object.fromEntries([...rows, { ...totals, label: 'all' }].map((row) => [row.label ?? '(empty)', [
    row.leads, row.won, hundred(row.rates.won), row.days_to_won.avg?.toFixed(1), row.days_to_won.median, hundred(row.win_rate_interval?.lo), hundred(row.win_rate_interval?.hi),
  ]]))
  expect(seen).toEqual(table)
  for (const metric of leadMetricNames) {
    expect(await countLeads(org.system, filterBehind(question, metric))).toBe(totals[metric])
    for (const row of rows) expect(await countLeads(org.system, { ...filterBehind(question, metric), channel: row.key ?? 'none' } as never), `${row.label ?? ''} ${metric}`).toBe(row[metric])
  }

  const spring = { from: '2018-01-01', to: '2018-05-31', as_of: '2018-05-31' }
  expect((await funnelByStage(org.system, spring)).totals).toMatchObject({ leads: 5998, won: 632 })
  expect((await funnelByStage(org.system, { ...spring, as_of: '2018-03-31', to: '2018-03-31' })).totals).toMatchObject({ leads: 3343, won: 318 })
  expect(await timeBetweenStages(org.system, question)).toMatchObject({ first_lead: '2017-06-14', first_win: '2017-12-05' })
}, 240_000)
