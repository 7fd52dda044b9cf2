import { describe, expect, it } from 'vitest'
import { faultsOf } from '~/domain/scoring/cards/faults'
import type { KnownValues } from '~/domain/scoring/cards/known-values'
import { reachOf } from '~/domain/scoring/cards/reach'
import { refuseFaults } from '~/domain/scoring/cards/refuse-faults'
import { cardTemplates } from '~/domain/scoring/cards/templates'
import { CardTerms, faultCodes, faultParams, type CardFault, type CardLine, type Criterion } from '~/domain/scoring/contract'
import { newId } from '~/lib/ids'

const [money, choice, several, gone, baidu, fair, old, brand] = [newId('cf'), newId('cf'), newId('cf'), newId('cf'), newId('ch'), newId('ch'), newId('ch'), newId('cmp')]
const known: KnownValues = {
  fields: new Map([
    [money, { kind: 'number', choices: [], isArchived: false }], [choice, { kind: 'choice', choices: ['hot', 'cold'], isArchived: false }],
    [several, { kind: 'multi_choice', choices: ['a', 'b'], isArchived: false }], [gone, { kind: 'text', choices: [], isArchived: true }],
  ]),
  channels: new Map([[baidu, { kind: 'paid', isArchived: false }], [fair, { kind: 'event', isArchived: false }], [old, { kind: 'other', isArchived: true }]]),
  campaigns: new Map([[brand, { channelId: baidu, isArchived: false }]]), sources: new Set(), productLines: new Map(),
}
const line = (key: string, points: number, criterion: Criterion, more: Partial<CardLine> = {}): CardLine => ({ key, group: 'fit', criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more })
const terms = (lines: CardLine[], more: Partial<CardTerms> = {}): CardTerms => ({ base: 0, lines, thresholds: { fit: [3, 2, 1], interest: [3, 2, 1] }, calibration: null, ...more })
const faults = (lines: CardLine[], more: Partial<CardTerms> = {}) => faultsOf(terms(lines, more), known).map(({ at, code, params }) => [at, code, params])
const size = (from: number | null, to: number | null): Criterion => ({ kind: 'employees', from, to })
const field = (fieldId: typeof money, test: 'known' | 'unknown' | 'one-of' | 'at-least' | 'at-most', values: string[] = [], number: number | null = null): Criterion => ({ kind: 'field', fieldId, test, values, number })
const fine = line('ok', 3, { kind: 'free-mail' })
const form: Criterion = { kind: 'touch', touch: 'form', page: null }

describe('a card is refused with the line at fault:', () => {
  const other = newId('ch')
  const cases: [string, CardLine[], [string, CardFault['code'], CardFault['params']][], Partial<CardTerms>?][] = [
    ['no lines at all', [], [['lines', 'no-lines', {}]]],
    ['thresholds that do not fall', [fine], [['thresholds.interest.2', 'not-falling', { before: 5 }]], { thresholds: { fit: [3, 2, 1], interest: [9, 5, 5] } }],
    ['more from than to', [fine, line('size', 3, size(100, 50))], [['lines.1.criterion.from', 'from-after-to', { to: 50 }]]],
    ['a size without any bound', [line('size', 3, size(null, null))], [['lines.0.criterion.from', 'number-missing', {}]]],
    ['a key twice', [fine, line('ok', 4, { kind: 'customer' })], [['lines.1.key', 'duplicate-key', { key: 'ok' }]]],
    ['the key of the base', [line('base', 3, { kind: 'customer' })], [['lines.0.key', 'reserved-key', {}]]],
    ['no points', [fine, line('nil', 0, { kind: 'customer' })], [['lines.1.points', 'no-points', {}]]],
    ['only with what is not there', [line('a', 3, { kind: 'customer' }, { onlyWith: 'nobody' })], [['lines.0.onlyWith', 'only-with-unknown', { key: 'nobody' }]]],
    ['a cycle, named once', [line('a', 3, { kind: 'customer' }, { onlyWith: 'c' }), line('b', 3, { kind: 'free-mail' }, { onlyWith: 'a' }), line('c', 3, form, { onlyWith: 'b' })], [['lines.0.onlyWith', 'only-with-cycle', { cycle: 'a → c → b → a' }]]],
    ['only with itself', [line('a', 3, { kind: 'customer' }, { onlyWith: 'a' })], [['lines.0.onlyWith', 'only-with-cycle', { cycle: 'a → a' }]]],
    ['only with a size that excludes its own', [line('small', 3, size(1, 9)), line('big', 3, size(10, null), { onlyWith: 'small' })], [['lines.1.onlyWith', 'only-with-never', { key: 'small' }]]],
    ['only with what is unknown', [line('none', -3, { kind: 'unknown', of: 'employees' }), line('big', 9, size(10, null), { onlyWith: 'none' })], [['lines.1.onlyWith', 'only-with-never', { key: 'none' }]]],
    ['only with another channel', [line('x', 3, { kind: 'channel', values: [baidu] }), line('y', 3, { kind: 'channel', values: [fair] }, { onlyWith: 'x' })], [['lines.1.onlyWith', 'only-with-never', { key: 'x' }]]],
    ['a count of what is not counted', [line('x', 3, { kind: 'customer' }, { most: 2, everyDays: 3 })], [['lines.0.most', 'not-counted', {}], ['lines.0.everyDays', 'not-counted', {}]]],
    ['twice at most, and never twice at once', [line('x', 3, form, { most: 2, everyDays: 30, expiresDays: 30 })], [['lines.0.everyDays', 'every-longer-than-expiry', { expires: 30 }]]],
    ['a field of nobody', [line('x', 3, field(newId('cf'), 'known'))], [['lines.0.criterion.fieldId', 'field-unknown', {}]]],
    ['a field that was put away', [line('x', 3, field(gone, 'known'))], [['lines.0.criterion.fieldId', 'field-archived', {}]]],
    ['at least of what is no number', [line('x', 3, field(choice, 'at-least', [], 3))], [['lines.0.criterion.test', 'field-test', {}]]],
    ['one of, of a number', [line('x', 3, field(money, 'one-of', ['3']))], [['lines.0.criterion.test', 'field-test', {}]]],
    ['at least nothing', [line('x', 3, field(money, 'at-least'))], [['lines.0.criterion.number', 'number-missing', {}]]],
    ['one of nothing', [line('x', 3, field(choice, 'one-of'))], [['lines.0.criterion.values', 'value-missing', {}]]],
    ['a choice there is not', [line('x', 3, field(choice, 'one-of', ['warm']))], [['lines.0.criterion.values', 'value-unknown', {}]]],
    ['a channel of nobody', [line('x', 3, { kind: 'channel', values: [baidu, other] })], [['lines.0.criterion.values', 'value-unknown', {}]]],
    ['a channel that was put away', [line('x', 3, { kind: 'channel', values: [old] })], [['lines.0.criterion.values', 'value-archived', {}]]],
    ['a campaign, a source, a product line of nobody', [line('x', 3, { kind: 'campaign', values: [newId('cmp')] }), line('y', 3, { kind: 'source', values: [newId('src')] }), line('z', 3, { kind: 'product-line', values: [newId('pl')] })],
      [['lines.0.criterion.values', 'value-unknown', {}], ['lines.1.criterion.values', 'value-unknown', {}], ['lines.2.criterion.values', 'value-unknown', {}]]],
  ]
  it.each(cases)('%s', (_, lines, told, more) => expect(faults(lines, more)).toEqual(told))

  it('none where all is well', () => expect(faults([fine, line('a', 3, size(1, 9), { onlyWith: 'ok' })])).toEqual([]))

  it('each code was told', () => {
    const told = new Set(cases.flatMap(([, , own]) => own.map(([, code]) => code)))
    expect(faultCodes.filter((code) => !told.has(code))).toEqual(['class-unreachable'])
  })

  it('as a refusal that names each place, with its own parameters', () => {
    const wrong = faultsOf(terms([line('a', 3, size(9, 1)), line('a', 3, { kind: 'customer' })]), known)
    const refused = (() => { try { refuseFaults(wrong) } catch (error) { return error as { code: string; fields: object; params: Record<string, string> } } return null })()
    expect(refused).toMatchObject({ code: 'card-faulty', fields: { 'lines.0.criterion.from': ['from-after-to'], 'lines.1.key': ['duplicate-key'] } })
    expect(faultParams(refused?.params ?? {}, 'lines.1.key')).toEqual({ key: 'a' })
    expect(() => refuseFaults([])).not.toThrow()
  })
})

describe('the most and the fewest points of a group', () => {
  const reach = (lines: CardLine[], base = 0) => reachOf(terms(lines, { base }), 'fit', known)

  it('has one size, one industry, one country at a time', () => {
    const sizes = [line('a', 20, size(500, null)), line('b', 15, size(100, 499)), line('c', -10, size(null, 9)), line('d', -5, { kind: 'unknown', of: 'employees' })]
    expect(reach(sizes)).toEqual({ least: -10, most: 20 })
    // 300 to 600 overlaps both: 20 + 7.
    expect(reach([...sizes, line('e', 7, size(300, 600))])).toEqual({ least: -10, most: 27 })
    expect(reach([line('a', 4, { kind: 'industry', values: ['Machinery', '机械'] }), line('b', 9, { kind: 'industry', values: ['MACHINERY'] })])).toEqual({ least: 0, most: 13 })
  })

  it('takes channel, its kind and its campaign together', () => {
    const lines = [line('paid', 5, { kind: 'channel-kind', values: ['paid'] }), line('baidu', 4, { kind: 'channel', values: [baidu] }), line('brand', 3, { kind: 'campaign', values: [brand] }), line('fair', 11, { kind: 'channel', values: [fair] })]
    // Brand runs on Baidu, which is paid: 12; a fair is neither: 11.
    expect(reach(lines)).toEqual({ least: 0, most: 12 })
  })

  it('lets roles, ways and several choices stand beside each other, but one choice has one value', () => {
    expect(reach([line('a', 5, { kind: 'role', values: ['buyer'] }), line('b', 6, { kind: 'role', values: ['user'] }), line('c', 2, { kind: 'unknown', of: 'role' })])).toEqual({ least: 0, most: 11 })
    expect(reach([line('a', 5, field(several, 'one-of', ['a'])), line('b', 6, field(several, 'one-of', ['b']))])).toEqual({ least: 0, most: 11 })
    expect(reach([line('a', 5, field(choice, 'one-of', ['hot'])), line('b', 6, field(choice, 'one-of', ['cold'])), line('c', -9, field(choice, 'unknown'))])).toEqual({ least: -9, most: 6 })
    expect(reach([line('a', 5, field(money, 'at-least', [], 10)), line('b', 6, field(money, 'at-least', [], 20)), line('c', 9, field(money, 'at-most', [], 9)), line('d', 1, field(money, 'known'))])).toEqual({ least: 0, most: 12 })
  })

  it('counts by its caps: so often, or so often within its time', () => {
    expect(reach([line('a', 4, form, { most: 3 })], 7)).toEqual({ least: 7, most: 19 })
    expect(reach([line('a', 4, form, { everyDays: 10, expiresDays: 25 })])).toEqual({ least: 0, most: 12 })
    expect(reach([line('a', 4, form)])).toEqual({ least: 0, most: Infinity })
  })

  it('refuses a class nobody can be in, and says how far it is', () => {
    const lines = [line('a', 20, size(500, null)), line('b', 15, size(100, 499)), line('c', 25, { kind: 'role', values: ['decision_maker'] })]
    expect(faults(lines, { thresholds: { fit: [60, 46, 20], interest: [3, 2, 1] } })).toEqual([
      ['thresholds.fit.0', 'class-unreachable', { class: 1, needs: 60, possible: 45 }], ['thresholds.fit.1', 'class-unreachable', { class: 2, needs: 46, possible: 45 }],
    ])
    expect(faults(lines, { thresholds: { fit: [45, 46 - 2, 20], interest: [3, 2, 1] } })).toEqual([])
    // With twenty to begin with nobody falls below twenty.
    expect(faults(lines, { base: 20, thresholds: { fit: [45, 40, 20], interest: [3, 2, 1] } })).toEqual([['thresholds.fit.2', 'class-unreachable', { class: 4, needs: 19, possible: 20 }]])
  })
})

it('templates are sound, and are kept as they are', () => {
  for (const { key, terms: own } of cardTemplates) {
    expect(faultsOf(own, known), key).toEqual([])
    expect(CardTerms.parse(own)).toEqual(own)
  }
})
