import { describe, expect, it } from 'vitest'
import { columnsOf } from '~/domain/scoring/learned/columns'
import { encode, encodingOf } from '~/domain/scoring/learned/encode-columns'

const HEADERS = ['size', 'channel', 'asked', 'id', 'same', 'y']
const ROWS = Array.from({ length: 120 }, (_, row) => [
  row % 6 === 0 ? '' : String(row), row < 5 ? `rare${String(row)}` : row % 2 === 0 ? 'ads' : 'fair', `2026-03-0${String(1 + (row % 7))}T1${String(row % 3)}:30:00`, `id-${String(row)}`, 'x', String(row % 2),
])
const { columns, leftOut } = columnsOf(HEADERS, ROWS, new Set(['y']))

describe('columns', () => {
  it('are numbers, levels or the weekday and hour of a moment; what says nothing is left out with its reason', () => {
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([['size', 'number'], ['channel', 'level'], ['asked: weekday', 'level'], ['asked: hour', 'level']])
    expect(leftOut).toEqual([{ column: 'id', reason: 'one-value-per-row' }, { column: 'same', reason: 'one-value' }])
    // The first of March 2026 is a Sunday.
    expect(columns[2]?.texts[0]).toBe('Sunday')
    expect(columns[3]?.texts[1]).toBe('11')
  })

  it('pool levels that fewer than ten rows have, and keep what is missing apart', () => {
    const rows = Int32Array.from(ROWS.keys())
    const { attributes } = encodingOf(columns.slice(0, 2), rows, new Set())
    // 57 and 58 rows of two channels; the five rare ones are fewer than ten together and no attribute at all.
    expect(attributes.map(({ column, kind }) => [column, kind])).toEqual([['size', 'per-unit'], ['size', 'missing'], ['channel', 'level'], ['channel', 'level']])
    const encoding = encodingOf(columns.slice(0, 2), rows, new Set())
    const first = encode(encoding, columns, Int32Array.from([6]))
    expect([...first.at].map((at) => attributes[at]?.kind)).toEqual(['missing', 'level'])
  })

  it('cut numbers that do not rise evenly into tenths of the rows', () => {
    const { attributes } = encodingOf(columns.slice(0, 1), Int32Array.from(ROWS.keys()), new Set(['size']))
    const ranges = attributes.filter(({ kind }) => kind === 'range')
    expect(ranges).toHaveLength(10)
    expect([ranges[0], ranges[9]]).toMatchObject([{ from: null }, { to: null }])
  })
})
