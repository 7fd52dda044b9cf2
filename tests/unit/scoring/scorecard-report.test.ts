import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { scorecardReport, type ScorecardReport } from '~/domain/scoring'
import { columnsOf } from '~/domain/scoring/learned/columns'
import { learn, predict } from '~/domain/scoring/learned/learn-card'
import { qualityOf } from '~/domain/scoring/learned/quality'
import { seeded } from '~/lib/seeded'
import { readSharedFile, sharedPath, sharedTest } from '~tests/support/shared-data'
import { likelihood, type Counted } from './naive-bayes'

const whole = (report: ReturnType<typeof scorecardReport>): ScorecardReport => {
  if ('needed' in report) throw new Error('it abstains')
  return report
}

/** Rows of which `good` decides with log-odds ±1, and columns beside it. */
function table(rows: number, beside: (came: boolean, row: number) => string[]): string[][] {
  const random = seeded(3)
  return Array.from({ length: rows }, (_, row) => {
    const good = random() < 0.5
    const came = random() < (good ? 0.4 : 0.1)
    return [good ? 'large' : 'small', random() < 0.5 ? 'a' : 'b', ...beside(came, row), came ? 'won' : 'lost']
  })
}

describe('the leak detector', () => {
  it('names what is filled in for one outcome only, and what alone is nearly right', () => {
    const rows = table(1500, (came, row) => [came ? `S${String(row % 7)}` : '', came === (row % 50 !== 0) ? 'signed' : 'open'])
    const { leaks, card } = whole(scorecardReport({ headers: ['size', 'noise', 'seller', 'contract', 'y'], rows, target: 'y', folds: 3 }))
    expect(leaks.map(({ column, reason }) => [column, reason])).toEqual([['seller', 'knows-outcome'], ['contract', 'too-good']])
    expect(card.lines.some(({ column }) => column === 'contract' || column === 'seller')).toBe(false)
    expect(card.lines[0]).toMatchObject({ column: 'size' })
  })

  it('names nothing where one honest column is the only one that tells', () => {
    const { leaks } = whole(scorecardReport({ headers: ['size', 'noise', 'y'], rows: table(1500, () => []), target: 'y', folds: 3 }))
    expect(leaks).toEqual([])
  })
})

describe('the learned card', () => {
  it('abstains where too few came good, and says how many there are', () => {
    const rows = table(1500, () => []).filter((row, at) => row.at(-1) === 'lost' || at < 60)
    const won = rows.filter((row) => row.at(-1) === 'won').length
    expect(scorecardReport({ headers: ['size', 'noise', 'y'], rows, target: 'y' })).toEqual({ rows: rows.length, positives: won, negatives: rows.length - won, needed: 30 })
  })

  it('leaves open rows out, and refuses a target with more than two values', () => {
    const rows = [...table(600, () => []), ['large', 'a', '']]
    expect(whole(scorecardReport({ headers: ['size', 'noise', 'y'], rows, target: 'y', folds: 2 }))).toMatchObject({ rows: 600, unknown: 1 })
    expect(() => scorecardReport({ headers: ['size', 'noise', 'y'], rows: [...rows, ['large', 'a', 'perhaps']], target: 'y' })).toThrow('it has 3')
  })

  sharedTest('reaches its targets on the bank data: AUC, calibration, and the call’s duration named as a leak', 'data/scoring/bank-additional-full.csv', (path) => {
    const [headers = [], ...rows] = parse(readSharedFile(path), { delimiter: ';' }) as string[][]
    const report = whole(scorecardReport({ headers, rows, target: 'y' }))
    expect([report.rows, report.positives]).toEqual([41_188, 4_640])
    expect(report.leaks).toMatchObject([{ column: 'duration', reason: 'better-than-rest' }])
    expect(report.auc).toBeGreaterThanOrEqual(0.791)
    expect(report.ece).toBeLessThanOrEqual(0.02)
    const peer = bayesOn(headers, rows)
    process.stdout.write(`bank: AUC ${report.auc.toFixed(4)}, ECE ${report.ece.toFixed(4)}, Brier ${report.brier.toFixed(4)}; naive Bayes ECE ${peer.ece.toFixed(4)}, Brier ${peer.brier.toFixed(4)}\n`)
    expect(report.brier).toBeLessThan(peer.brier)
    expect(report.ece).toBeLessThan(peer.ece)
  }, 180_000)

  const deals = sharedPath('data/olist/olist_closed_deals_dataset.csv')
  sharedTest('reaches its targets on the Olist leads: learned from the first quarter of 2018, judged on April and May', 'data/olist/olist_marketing_qualified_leads_dataset.csv', (path) => {
    const won = new Set((parse(readSharedFile(deals ?? ''), { columns: true }) as Record<string, string>[]).map((row) => row['mql_id']))
    const leads = (parse(readSharedFile(path), { columns: true }) as Record<string, string>[]).filter((row) => (row['first_contact_date'] ?? '') >= '2018-01-01')
    const rows = leads.map((row) => [row['first_contact_date'] ?? '', row['landing_page_id'] ?? '', row['origin'] ?? ''])
    const { columns } = columnsOf(['asked', 'page', 'origin'], rows, new Set())
    const outcomes = Uint8Array.from(leads, (row) => (won.has(row['mql_id']) ? 1 : 0))
    const within = (from: string, to: string) => Int32Array.from(rows.flatMap(([day = ''], at) => (day >= from && day < to ? [at] : [])))
    const test = within('2018-04-01', '2018-06-01')
    const order = Array.from(within('2018-01-01', '2018-04-01')).sort((a, b) => (rows[a]?.[0] ?? '').localeCompare(rows[b]?.[0] ?? ''))
    const model = learn({ columns, outcomes, rows: Int32Array.from(order), isByTime: true, inRanges: new Set() })
    const quality = qualityOf(predict(model, columns, test), Uint8Array.from(test, (row) => outcomes[row] ?? 0))
    process.stdout.write(`Olist: AUC ${quality.auc.toFixed(4)}, the best fifth holds ${quality.capture_20.toFixed(4)}, ECE ${quality.ece.toFixed(4)}\n`)
    expect(quality.auc).toBeGreaterThanOrEqual(0.67)
    expect(quality.capture_20).toBeGreaterThanOrEqual(0.36)
  })
})

/** The peers' way on the same rows: every tenth judged by the other nine, on the fields that are not numbers. */
function bayesOn(headers: readonly string[], rows: readonly string[][]): ReturnType<typeof qualityOf> {
  const fields = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'month', 'day_of_week', 'poutcome'].map((name) => headers.indexOf(name))
  const came = Uint8Array.from(rows, (row) => (row.at(-1) === 'yes' ? 1 : 0))
  const predicted = new Float64Array(rows.length)
  for (let fold = 0; fold < 10; fold += 1) {
    const first: Counted = { won: 0.1, lost: 0.1 }
    const counts = fields.map(() => new Map<string, Counted>())
    rows.forEach((row, at) => {
      if (at % 10 === fold) return
      const outcome = came[at] === 1 ? 'won' : 'lost'
      first[outcome] += 1
      fields.forEach((field, f) => {
        const known = counts[f]?.get(row[field] ?? '') ?? { won: 0.1, lost: 0.1 }
        counts[f]?.set(row[field] ?? '', { ...known, [outcome]: known[outcome] + 1 })
      })
    })
    const sums = counts.map((levels) => [...levels.values()].reduce((sum, each) => ({ won: sum.won + each.won, lost: sum.lost + each.lost })))
    rows.forEach((row, at) => {
      if (at % 10 !== fold) return
      const values = fields.flatMap((field, f) => { const value = counts[f]?.get(row[field] ?? ''); return value === undefined ? [] : [{ value, all: sums[f] as Counted }] })
      predicted[at] = likelihood(first, first, values) / 100
    })
  }
  return qualityOf(predicted, came)
}
