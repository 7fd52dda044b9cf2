import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvHead, csvLines, escapeFormulas, unescapeFormulas } from '~/lib/csv'

describe('csv export', () => {
  it('begins with a byte-order mark and ends lines with CRLF', () => {
    expect(csvHead(['姓名', 'E-mail'])).toBe('\uFEFF"姓名","E-mail"\r\n')
    expect(csvLines([['a "b"', 1, -2n, null, true, new Date('2024-01-01T00:00:00Z')]])).toBe('"a ""b""",1,-2,"","true","2024-01-01T00:00:00.000Z"\r\n')
  })

  it.each([
    ['=1+1', "'=1+1"], ['+86138', "'+86138"], ['-cmd', "'-cmd"], ['@SUM(A1)', "'@SUM(A1)"], ['＝1+1', "'＝1+1"], ['＠x', "'＠x"],
    ['  =1', "  '=1"], ['\t=1', "\t'=1"].map((text, index) => (index === 1 ? `'${text}` : text)) as [string, string],
    ['a;=1', "a;'=1"], ['a\n=1', "a\n'=1"], ['a,"=1', "a,\"'=1"], ['a|@x', "a|'@x"],
    ['-12.50', '-12.50'], ['12', '12'], ['a=b', 'a=b'], ['wei@example.com', 'wei@example.com'], ['2024-01-01', '2024-01-01'],
  ])('makes %j harmless', (text, expected) => {
    expect(escapeFormulas(text)).toBe(expected)
    expect(unescapeFormulas(expected)).toBe(text)
  })

  it('never lets a cell, or a piece of one, begin a formula', () => {
    const nasty = fc.array(fc.constantFrom('=', '+', '-', '@', '＝', ';', ',', '\t', '\n', '\r', '"', "'", ' ', '1', 'a', '|'), { maxLength: 12 })
    fc.assert(
      fc.property(nasty, (letters) => {
        const cell = escapeFormulas(letters.join(''))
        fc.pre(!/^-?\d+(\.\d+)?$/.test(cell))
        for (const piece of cell.split(/[,;|\t\r\n]/)) expect(piece).not.toMatch(/^[\s"]*[=+\-@＝]/)
      }),
      { numRuns: 2000 },
    )
  })

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), (cells) => {
        const [row]: string[][] = parse(csvLines([cells]), { record_delimiter: '\r\n' })
        expect(row).toEqual(cells.map(escapeFormulas))
      }),
    )
  })
})
