import { describe, expect, it } from 'vitest'
import type { KnownValues } from '~/domain/scoring/cards/known-values'
import type { CardTerms, Criterion } from '~/domain/scoring/contract'
import type { LeadFacts } from '~/domain/scoring/lead-facts'
import { columnsOfFacts } from '~/domain/scoring/learn-from-outcomes/columns-of-facts'
import { linesOfModel, POINT } from '~/domain/scoring/learn-from-outcomes/lines-of-model'
import { scoreAfterADay, teach, type Pupil } from '~/domain/scoring/learn-from-outcomes/teach'
import { withThresholds } from '~/domain/scoring/learn-from-outcomes/thresholds'
import { encode, encodingOf } from '~/domain/scoring/learned/encode-columns'
import { logOdds } from '~/domain/scoring/learned/ridge-logistic'
import { newId } from '~/lib/ids'
import { seeded } from '~/lib/seeded'

const [productLineId, sourceId, metres, duty] = [newId('pl'), newId('src'), newId('cf'), newId('cf')]
const lead = (more: Partial<LeadFacts> = {}): LeadFacts => ({
  leadId: newId('lead'), cameInAt: new Date('2024-05-01T00:00:00Z'), productLineId, sourceId, channelId: null, channelKind: null, campaignId: null, employees: null, industry: null, country: null,
  roles: [], freeMail: null, reach: new Set(), isCustomer: false, isUnsubscribed: false, landingPage: null, weekday: 3, fields: new Map(), answers: [], touches: [], contacts: [], inquiries: [], hasObjection: false, ...more,
})
const none: KnownValues = { fields: new Map(), channels: new Map(), campaigns: new Map(), sources: new Set([sourceId]), productLines: new Map([[productLineId, { isArchived: false }]]) }
const known: KnownValues = { ...none, fields: new Map([[metres, { kind: 'number', choices: [], isArchived: false }], [duty, { kind: 'choice', choices: ['dry', 'wet'], isArchived: false }]]) }
const kinds = new Map([[metres, 'number'], [duty, 'choice']] as const)

describe('lines of a model', () => {
  // Twelve of each of three industries, fifteen of seldom ones, eleven of which nothing is known.
  const seldom = ['fish', 'glass', 'hats', 'ink', 'jam'].flatMap((industry) => [industry, industry, industry])
  const facts = [...['a', 'b', 'c'].flatMap((industry) => Array.from({ length: 12 }, () => industry)), ...seldom, ...Array.from({ length: 11 }, () => null)].map((industry, at) => lead({ industry, roles: at % 4 === 0 ? ['buyer'] : [] }))
  const columns = columnsOfFacts(facts, new Map()).filter(({ column }) => ['industry', 'role:buyer'].includes(column.name))
  const parts = columns.flatMap((column) => column.parts.map((part) => part.column))
  const rows = Int32Array.from(facts.keys())
  const encoding = encodingOf(parts, rows, new Set())
  const weights = Float64Array.from(encoding.attributes, (_, at) => [1, 1, -0.5, 0.25, -1, 0.4, -0.6][at] ?? 0)
  const fitted = { intercept: -1, weights, isSettled: true }
  const card = linesOfModel({ encoding, fitted, calibration: { slope: 1, offset: 0 }, penalty: 10 }, columns, 1)

  it('say each attribute as a criterion in whole points, levels of the same points together, seldom ones pooled, what is missing by itself', () => {
    const points = (weight: number) => Math.round(weight * POINT)
    const said = (criterion: Criterion) => card.lines.find((line) => JSON.stringify(line.criterion) === JSON.stringify(criterion))?.points
    expect(encoding.attributes.map(({ kind }) => kind)).toEqual(['level', 'level', 'level', 'other', 'missing', 'level', 'level'])
    expect(said({ kind: 'industry', values: ['a', 'b'] })).toBe(points(1))
    expect(said({ kind: 'industry', values: ['c'] })).toBe(points(-0.5))
    expect(said({ kind: 'industry', values: ['fish', 'glass', 'hats', 'ink', 'jam'] })).toBe(points(0.25))
    expect(said({ kind: 'unknown', of: 'industry' })).toBe(points(-1))
    // "No buyer" (the more frequent level) cannot be said: the base has its 0.4, and a buyer is −0.6 − 0.4.
    expect(said({ kind: 'role', values: ['buyer'] })).toBe(points(-0.6 - 0.4))
    expect([card.lines.length, card.base]).toEqual([5, points(-1 + 0.4)])
    expect(new Set(card.lines.map(({ key }) => key)).size).toBe(5)
  })

  it('add up to what the model says, but for rounding', () => {
    const terms: CardTerms = { ...card, thresholds: { fit: [3, 2, 1], interest: [3, 2, 1] }, calibration: null }
    const odds = logOdds(encode(encoding, parts, rows), fitted)
    facts.forEach((each, row) => expect(Math.abs(scoreAfterADay(terms, each).total - (odds[row] ?? 0) * POINT)).toBeLessThanOrEqual(1.5))
  })

  it('are stretched where the ridge was strong', () => {
    const twice = linesOfModel({ encoding, fitted, calibration: { slope: 1, offset: 0 }, penalty: 10 }, columns, 2)
    expect([twice.lines[0]?.points, twice.base]).toEqual([Math.round(-2 * POINT), Math.round(2 * (-1 + 0.4) * POINT)])
  })
})

describe('columns of facts', () => {
  it('are of the lead as it was: ranges of size, bounds of numbers, choices, and what is unknown', () => {
    const facts = Array.from({ length: 40 }, (_, at) => lead({ employees: at < 20 ? 30 : 2_000, fields: new Map([[metres, { texts: [String(at)], number: at }], [duty, { texts: at % 2 === 0 ? ['dry'] : [], number: null }]]) }))
    const columns = new Map(columnsOfFacts(facts, kinds).map((each) => [each.column.name, each]))
    expect(columns.get('employees')?.parts[0]?.says(['1000-'])).toEqual({ kind: 'employees', from: 1_000, to: null })
    const bounds = columns.get(`field:${metres}`)?.parts ?? []
    expect(bounds.map(({ says }) => says(['yes']))).toEqual([{ kind: 'field', fieldId: metres, test: 'known', values: [], number: null }, ...[9, 19, 29].map((number) => ({ kind: 'field', fieldId: metres, test: 'at-least', values: [], number }))])
    expect(columns.get(`field:${duty}`)?.parts[0]).toMatchObject({ missing: { kind: 'field', fieldId: duty, test: 'unknown' } })
  })
})

describe('classes', () => {
  const line = (points: number, employees: number): CardTerms['lines'][number] => ({ key: `k${employees}`, group: 'fit', criterion: { kind: 'employees', from: employees, to: employees }, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null })
  it('are quarters of the leads that were learned from', () => {
    const terms: CardTerms = { base: 10, lines: [line(30, 1), line(20, 2), line(-20, 3)], thresholds: { fit: [3, 2, 1], interest: [3, 2, 1] }, calibration: null }
    const fit = [40, 40, 30, 30, 10, 10, -10, -10, -10]
    expect(withThresholds(terms, { fit, interest: fit.map(() => 0) }, none).thresholds).toEqual({ fit: [30, 10, -9], interest: [1, 0, -1] })
  })

  it('fall and can be reached, also where nearly all leads have the same points; a group that tells nothing apart has no lines', () => {
    const terms: CardTerms = { base: 0, lines: [line(30, 1)], thresholds: { fit: [3, 2, 1], interest: [3, 2, 1] }, calibration: null }
    expect(withThresholds(terms, { fit: [0, 0, 0, 0, 0], interest: [] }, none).thresholds.fit).toEqual([3, 2, 1])
    expect(withThresholds({ ...terms, lines: [line(2, 1)] }, { fit: [0, 2], interest: [] }, none)).toMatchObject({ lines: [], thresholds: { fit: [1, 0, -1] } })
  })
})

it('of leads that come out by chance little is learned: points stay small, and chances near the average', async () => {
  const random = seeded(11)
  const pupils = Array.from({ length: 600 }, (): Pupil => {
    const facts = lead({ employees: random() < 0.5 ? 30 : 2_000, industry: random() < 0.5 ? 'a' : 'b', roles: random() < 0.5 ? ['buyer'] : [] })
    const isPositive = random() < 0.2
    return { facts, later: facts, isPositive, ever: isPositive }
  })
  const { terms, folds } = await teach(pupils, { allow: [], known: none, kinds: new Map() })
  expect(terms.lines.every(({ points }) => Math.abs(points) <= 15)).toBe(true)
  expect(folds.reduce((sum, { auc }) => sum + auc, 0) / folds.length).toBeLessThan(0.6)
})

it('what is known of somebody is learned again: the larger company by its true odds', async () => {
  const random = seeded(5)
  // Odds of 1 : 1 against 1 : 4, four times as good: forty points.
  const pupils = Array.from({ length: 2_000 }, (): Pupil => {
    const isLarge = random() < 0.5
    const facts = lead({ employees: isLarge ? 2_000 : 30, fields: new Map([[metres, { texts: [], number: null }], [duty, { texts: [], number: null }]]) })
    const isPositive = random() < (isLarge ? 0.5 : 0.2)
    return { facts, later: facts, isPositive, ever: isPositive }
  })
  const { terms, leaks } = await teach(pupils, { allow: [], known, kinds })
  const points = (from: number) => terms.lines.find(({ criterion }) => criterion.kind === 'employees' && criterion.from === from)?.points ?? 0
  const odds = (isLarge: boolean) => { const own = pupils.filter(({ facts }) => facts.employees === (isLarge ? 2_000 : 30)); const won = own.filter(({ isPositive }) => isPositive).length; return won / (own.length - won) }
  // As they came out this time; twenty points for each doubling.
  expect(Math.abs(points(1_000) - points(10) - 20 * Math.log2(odds(true) / odds(false)))).toBeLessThan(8)
  expect(leaks).toEqual([])
})
