import { describe, expect, it } from 'vitest'
import type { CardLine, CardTerms } from '~/domain/scoring/card-terms'
import { dueMoment } from '~/domain/scoring/due-moment'
import type { LeadFacts } from '~/domain/scoring/lead-facts'
import { linesOf, type WantedLine } from '~/domain/scoring/lines-of'
import { cellOf, scoreAt, worthAt } from '~/domain/scoring/score-at'
import { correctionOf, type StandingLine } from '~/domain/scoring/standing-lines'
import { newId } from '~/lib/ids'
import { random, seed } from '~tests/support/seed'
import { aCard, aHistory, aMoment, shuffled, START } from './ledger-histories'

const DAY_MS = 86_400_000
const HISTORIES = 10_000
const at = (day: number) => new Date(START + day * DAY_MS)
const blank: LeadFacts = { ...aHistory(random(1)), cameInAt: at(0), hasObjection: false, touches: [], contacts: [], inquiries: [], answers: [], roles: [], employees: null, isUnsubscribed: false }
const line = (more: Partial<CardLine>): CardLine => ({ key: 'a', group: 'interest', criterion: { kind: 'touch', touch: 'page_view', page: null }, points: 10, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more })
const card = (...lines: CardLine[]): CardTerms => ({ base: 0, lines, thresholds: { fit: [20, 10, 0], interest: [20, 10, 0] }, calibration: null })
const view = (day: number, more: Partial<LeadFacts['touches'][number]> = {}) => ({ id: newId('tch'), kind: 'page_view' as const, verdict: 'human' as const, at: at(day), page: null, minutes: null, ...more })
const days = (lines: readonly WantedLine[], key = 'a') => lines.filter((each) => each.line === key).map((each) => (each.at.getTime() - START) / DAY_MS)

/** A ledger in memory: what `recordLines` writes. */
function written(ledger: (StandingLine & { reverses: string | null })[], wanted: readonly WantedLine[], leadId: LeadFacts['leadId'], now: Date) {
  const gone = new Set(ledger.flatMap(({ reverses }) => reverses ?? []))
  const standing = ledger.filter(({ id, reverses }) => reverses === null && !gone.has(id))
  const correction = correctionOf(leadId, wanted, standing)
  for (const each of correction.gone) ledger.push({ ...each, id: newId('scl'), points: 0 - each.points, reverses: each.id, recordedAt: now })
  for (const each of correction.missing) ledger.push({ ...each, id: newId('scl'), leadId, recordedAt: now, reverses: null })
  return correction.missing.length + correction.gone.length
}

it(`${HISTORIES} random histories: what is shown is the sum of what is shown, in whatever order and however often it is told`, () => {
  const draw = random()
  let lines = 0
  for (let n = 0; n < HISTORIES; n += 1) {
    const [terms, facts] = [aCard(draw), aHistory(draw)]
    const wanted = linesOf(terms, facts)
    lines += wanted.length
    if (facts.hasObjection) expect(wanted).toEqual([])
    expect(linesOf(terms, shuffled(draw, facts)), `seed ${seed()}, history ${n}: order`).toEqual(wanted)
    // The ledger learns of one thing after the other, then of all at once again.
    const ledger: Parameters<typeof written>[0] = []
    const half = { ...facts, touches: facts.touches.slice(1), contacts: facts.contacts.slice(2), employees: null }
    written(ledger, linesOf(terms, half), facts.leadId, at(0))
    written(ledger, wanted, facts.leadId, at(1))
    expect(written(ledger, linesOf(terms, shuffled(draw, facts)), facts.leadId, at(2)), `seed ${seed()}, history ${n}: told again`).toBe(0)
    for (const moment of [aMoment(draw), aMoment(draw)]) {
      const shown = wanted.map((each) => worthAt(each, moment)).reduce((sum, worth) => sum + worth, 0)
      expect(scoreAt(ledger, moment).total, `seed ${seed()}, history ${n}`).toBe(shown)
      expect(scoreAt(wanted, moment).total).toBe(shown)
    }
    const now = aMoment(draw)
    const due = dueMoment(wanted, terms.thresholds, now)
    const cell = cellOf(scoreAt(wanted, now), terms.thresholds)
    // Day by day, slowly: no cell changes before it is due, and at that moment one does (or one looks again).
    if (n % 20 === 0) for (let t = now.getTime(); t < Math.min(due?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + 400 * DAY_MS); t += DAY_MS / 2) expect(cellOf(scoreAt(wanted, new Date(t)), terms.thresholds)).toBe(cell)
    if (due !== null && due.getTime() < now.getTime() + 400 * DAY_MS) expect(cellOf(scoreAt(wanted, due), terms.thresholds), `seed ${seed()}, history ${n}: due`).not.toBe(cell)
  }
  expect(lines).toBeGreaterThan(HISTORIES * 3)
}, 60_000)

describe('linesOf', () => {
  it('counts only what humans did, at most so often and so near together', () => {
    const touches = [view(0), view(1), view(5, { verdict: 'machine' }), view(8, { verdict: 'unsure' }), view(9), view(30)]
    const facts = { ...blank, touches }
    expect(days(linesOf(card(line({})), facts))).toEqual([0, 1, 9, 30])
    expect(days(linesOf(card(line({ everyDays: 8 })), facts))).toEqual([0, 9, 30])
    expect(days(linesOf(card(line({ most: 2 })), facts))).toEqual([0, 1])
    // What decays: the latest count, for the first are worth less.
    expect(days(linesOf(card(line({ most: 2, halfLifeDays: 7 })), facts))).toEqual([9, 30])
    expect(days(linesOf(card(line({ most: 2, everyDays: 8, expiresDays: 60 })), facts))).toEqual([9, 30])
  })

  it('compares pages without scheme, www and case', () => {
    const facts = { ...blank, landingPage: 'https://www.Example.com/Pricing/?utm_source=x#top', touches: [view(0, { page: 'example.com/pricing?plan=2' })] }
    const lands = (value: string) => linesOf(card(line({ criterion: { kind: 'landing-page', values: [value] } })), facts).length - 1
    expect([lands('example.com/pricing'), lands('/pricing'), lands('http://example.com/pricing/'), lands('/price'), lands('example.com')]).toEqual([1, 1, 1, 0, 0])
    const on = (page: string) => linesOf(card(line({ criterion: { kind: 'touch', touch: 'page_view', page } })), facts).length - 1
    expect([on('/PRICING'), on('plan=2'), on('https://example.com/'), on('/blog')]).toEqual([1, 1, 1, 0])
  })

  it('needs the line it stands with, and ends when that ends', () => {
    const lines = [line({ key: 'a', onlyWith: 'b' }), line({ key: 'b', criterion: { kind: 'recency', days: 10 }, onlyWith: null })]
    const wanted = linesOf(card(...lines), { ...blank, touches: [view(3)] })
    expect(wanted.map(({ line: key, expiresAt }) => [key, expiresAt])).toEqual([['base', null], ['a', at(13)], ['b', at(13)]])
    expect(linesOf(card(...lines), blank)).toHaveLength(1)
    const circle = [line({ key: 'a', onlyWith: 'b' }), line({ key: 'b', onlyWith: 'a' })]
    expect(linesOf(card(...circle), { ...blank, touches: [view(3)] })).toHaveLength(1)
  })

  it('a field that is put away pauses its line, also the one that asks whether it is unknown', () => {
    const fieldId = newId('cf')
    const asks = card(line({ criterion: { kind: 'field', fieldId, test: 'unknown', values: [], number: null } }))
    expect(linesOf(asks, { ...blank, fields: new Map() })).toHaveLength(1)
    expect(linesOf(asks, { ...blank, fields: new Map([[fieldId, { texts: [], number: null }]]) })).toHaveLength(2)
  })

  it('silence holds from the attempt that was one too many, until somebody answers', () => {
    const told = (outcome: 'no_answer' | 'busy' | 'connected', day: number) => ({ id: newId('act'), at: at(day), outcome })
    const silent = card(line({ criterion: { kind: 'silence', attempts: 2 }, points: -5 }))
    const days3 = [told('connected', 1), told('no_answer', 2), told('busy', 3), told('no_answer', 4)]
    expect(days(linesOf(silent, { ...blank, contacts: days3 }))).toEqual([3])
    expect(days(linesOf(silent, { ...blank, contacts: [...days3, told('connected', 5)] }))).toEqual([])
  })

  it('a value that changes takes the line back and appends another', () => {
    const terms = card(line({ group: 'fit', criterion: { kind: 'employees', from: 200, to: null } }))
    const before = linesOf(terms, { ...blank, employees: 250 }).map((each): StandingLine => ({ ...each, id: newId('scl'), leadId: blank.leadId, recordedAt: at(0) }))
    const { missing, gone } = correctionOf(blank.leadId, linesOf(terms, { ...blank, employees: 300 }), before)
    expect([missing.map(({ because }) => because.value), gone.map(({ because }) => because.value)]).toEqual([[300], [250]])
  })
})

describe('dueMoment', () => {
  const thresholds = card().thresholds
  const decaying = { group: 'interest' as const, points: 16, at: at(0), halfLifeDays: 10, expiresAt: null }
  it('is the day on which rounding takes the point that matters', () => {
    // 16 → 10 at 2^(-d/10) < 9.5/16: d > 7.52; then below 0.5 at d > 50.
    expect(worthAt(decaying, at(7))).toBe(10)
    expect(worthAt(decaying, at(8))).toBe(9)
    expect(dueMoment([decaying], thresholds, at(0))).toEqual(at(8))
    expect(dueMoment([decaying], thresholds, at(8))).toEqual(null)
  })
  it('is the end of a line, or nothing', () => {
    expect(dueMoment([{ ...decaying, halfLifeDays: null, expiresAt: at(3) }], thresholds, at(0))).toEqual(at(3))
    expect(dueMoment([{ ...decaying, halfLifeDays: null }], thresholds, at(0))).toBeNull()
  })
  it('looks 400 days ahead', () => {
    expect(dueMoment([{ ...decaying, points: 1_000, halfLifeDays: 3_000 }], thresholds, at(0))).toEqual(at(400))
  })
})
