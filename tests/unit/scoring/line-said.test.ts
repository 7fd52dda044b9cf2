import { describe, expect, it } from 'vitest'
import { CardLine } from '~/domain/scoring/contract'
import { barsOf, cellsOf, classCounts, classOf } from '~/ui/scoring/classes'
import { criterionGroups } from '~/ui/scoring/criterion-groups'
import { lineSaid, withLine, withoutLine, type LineFields } from '~/ui/scoring/line-said'
import { cellOf } from '~/domain/scoring/score-at'

const said = (fields: Partial<LineFields>) => lineSaid({ values: [], ...fields }, () => 'new-key')
const full = { from: '200', others: 'CN, de', by: 'phone', of: 'industry', days: '14', attempts: '4', minutes: '30', touch: 'form', page: '', question: 'Budget', contains: '', fieldId: 'cf_00000000000000000000000001', test: 'known', points: '5' }
const valuesOf: Record<string, string[]> = {
  role: ['buyer'], 'channel-kind': ['paid'], weekday: ['1'], channel: ['ch_00000000000000000000000001'], campaign: ['cmp_00000000000000000000000001'], source: ['src_00000000000000000000000001'], 'product-line': ['pl_00000000000000000000000001'],
}

describe('a line as a form says it', () => {
  it.each(Object.values(criterionGroups).flat())('%s is a line the card takes', (kind) => {
    const answer = said({ ...full, kind, values: valuesOf[kind] ?? [], others: kind in valuesOf ? '' : full.others })
    expect('line' in answer ? CardLine.safeParse(answer.line).error?.issues : answer.wrong).toBeUndefined()
  })

  it('keeps the key of a line that is changed, and makes one for a new one', () => {
    expect(said({ kind: 'reply', points: '20', key: 'reply-1' })).toMatchObject({ line: { key: 'reply-1', group: 'interest', points: 20 } })
    expect(said({ kind: 'reply', points: '−20' })).toMatchObject({ line: { key: 'new-key', points: -20 } })
  })

  it('takes caps only of what is counted', () => {
    expect(said({ kind: 'touch', touch: 'form', points: '3', most: '5', everyDays: '1' })).toMatchObject({ line: { most: 5, everyDays: 1 } })
    expect(said({ kind: 'customer', points: '3', most: '5', everyDays: '1' })).toMatchObject({ line: { most: null, everyDays: null } })
  })

  it('names the fields that say nothing', () => {
    expect(said({ kind: 'employees', points: '' })).toEqual({ wrong: { from: 'required', points: 'required' } })
    expect(said({ kind: 'industry', points: '1' })).toEqual({ wrong: { values: 'required' } })
    expect(said({ kind: 'recency', days: '1.5', points: '1' })).toEqual({ wrong: { days: 'not-a-number' } })
    expect(said({ kind: 'country', others: 'China', points: '1' })).toEqual({ wrong: { values: 'choice' } })
    expect(said({ kind: 'nonsense' })).toEqual({ wrong: { kind: 'choice' } })
  })

  it('puts a line in the place of its key, or last', () => {
    const [a, b] = ['a', 'b'].map((key) => { const answer = said({ kind: 'reply', points: '1', key }); if (!('line' in answer)) throw new Error(key); return answer.line })
    if (a === undefined || b === undefined) throw new Error('two lines')
    expect(withLine([a, b], { ...a, points: 9 }).map(({ key, points }) => [key, points])).toEqual([['a', 9], ['b', 1]])
    expect(withLine([a], b).map(({ key }) => key)).toEqual(['a', 'b'])
    expect(withoutLine([a, b], 'a').map(({ key }) => key)).toEqual(['b'])
  })
})

describe('classes in the browser', () => {
  const thresholds = { fit: [40, 20, 0] as [number, number, number], interest: [30, 10, -5] as [number, number, number] }
  const sums = [{ fit: 40, interest: 29, leads: 3 }, { fit: 39, interest: 30, leads: 2 }, { fit: -1, interest: -6, leads: 4 }]

  it('are those of the domain, at and beside every threshold', () => {
    for (let fit = -10; fit <= 50; fit += 1) for (const interest of [-6, -5, 9, 10, 29, 30]) expect(classOf(fit, thresholds.fit) * 10 + classOf(interest, thresholds.interest)).toBe(cellOf({ fit, interest }, thresholds))
  })

  it('count every lead once', () => {
    expect([...cellsOf(sums, thresholds)]).toEqual([[12, 3], [21, 2], [44, 4]])
    expect(classCounts(sums, 'fit', thresholds.fit)).toEqual([3, 2, 0, 4])
    expect(barsOf(sums, 'interest', thresholds.interest).bars.reduce((all, { leads }) => all + leads, 0)).toBe(9)
  })
})
