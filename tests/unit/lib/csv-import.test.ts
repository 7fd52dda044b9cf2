import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { type CsvRecord, CsvRefusal, headersOf, readCsv, readCsvRecords, sniffCsv } from '~/lib/csv-import'

const bytes = (text: string, encoding = 'utf-8', addBOM = false) => new Uint8Array(iconv.encode(text, encoding, { addBOM }))

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

async function records(input: Uint8Array | AsyncIterable<Uint8Array>, headerLine?: number): Promise<CsvRecord[]> {
  return collect(readCsvRecords(input, { headerLine }))
}

async function* pieces(all: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += size) yield await Promise.resolve(all.subarray(at, at + size))
}

describe('sniffCsv', () => {
  const text = '姓名,电话,公司\n张伟,13800138000,线索科技\n李娜,13900139000,北京公司\n'
  it.each([
    ['utf-8', false, 'utf-8'], ['utf-8', true, 'utf-8'], ['utf-16le', true, 'utf-16le'], ['utf-16be', true, 'utf-16be'],
    ['gb18030', false, 'gb18030'], ['gbk', false, 'gb18030'],
  ])('knows %s (mark: %s)', async (encoding, mark, expected) => {
    const file = bytes(text, encoding, mark)
    expect(sniffCsv(file)).toEqual({ encoding: expected, delimiter: ',' })
    const [first] = await records(file)
    expect({ ...first?.values }).toEqual({ 姓名: '张伟', 电话: '13800138000', 公司: '线索科技' })
  })

  it('knows UTF-16 without a mark', () => {
    expect(sniffCsv(bytes('name\tphone\r\nWei\t138\r\n', 'utf-16le')).encoding).toBe('utf-16le')
  })

  it.each([
    ['a;b;c\n1,5;2;3\n1,5;2;3\n', ';'], ['a\tb\n1,2\t3\n', '\t'], ['a|b|c\n1|2|3\n', '|'], ['a,b\n"x;y;z",2\n', ','], ['one\ntwo\n', ','],
  ])('finds the delimiter of %j', (file, delimiter) => {
    expect(sniffCsv(bytes(file)).delimiter).toBe(delimiter)
  })
})

describe('readCsv', () => {
  it('gives line numbers and passes over blank lines', async () => {
    const rows = await collect(readCsv(bytes('a,b\r\n\r\n1,2\r\n,\r\n"x\r\ny",4\r\n"v\nw",5\r\nend,6\r\n')))
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] }, { line: 3, cells: ['1', '2'] }, { line: 5, cells: ['x\r\ny', '4'] },
      { line: 7, cells: ['v\nw', '5'] }, { line: 9, cells: ['end', '6'] },
    ])
  })

  it('reads the same whatever the pieces, also inside a character', async () => {
    const file = bytes(`名,b\n${'张伟,"a ""q"" b"\n'.repeat(300)}`)
    const whole = await collect(readCsv(file))
    for (const size of [1, 7, 1000]) expect(await collect(readCsv(pieces(file, size)))).toEqual(whole)
    expect(whole).toHaveLength(301)
    expect(whole[300]?.cells).toEqual(['张伟', 'a "q" b'])
  })

  it('reads far more than its first look', async () => {
    const file = bytes(`id,name\n${Array.from({ length: 40_000 }, (_, i) => `${String(i)},张伟\n`).join('')}`, 'gb18030')
    let rows = 0
    for await (const row of readCsv(pieces(file, 65_536))) rows = row.line
    expect(rows).toBe(40_001)
  })

  it('stops when its reader does', async () => {
    for await (const row of readCsv(pieces(bytes('a,b\n'.repeat(100_000)), 65_536))) {
      expect(row.line).toBe(1)
      break
    }
  })

  it.each([
    ['a,b\n"x,1\n', 'broken-quotes'], ['a,b\nx"y,1\n', 'broken-quotes'], [`${'a,'.repeat(1001)}\n`, 'too-many-columns'],
    [`a,b\n"${'x'.repeat(1_100_000)}",1\n`, 'line-too-long'],
  ])('refuses a broken file (%#)', async (file, code) => {
    await expect(collect(readCsv(bytes(file)))).rejects.toMatchObject({ code })
  })

  it('refuses bytes that are not of the encoding', async () => {
    const late = new Uint8Array([...bytes(`a,b\n${'1,2\n'.repeat(80_000)}`), 0xff, 0xfe, 0x0a])
    await expect(collect(readCsv(pieces(late, 65_536)))).rejects.toMatchObject({ code: 'not-this-encoding' })
    await expect(collect(readCsv(new Uint8Array([0x61, 0x2c, 0xff, 0xff, 0x0a])))).rejects.toMatchObject({ code: 'not-this-encoding' })
  })
})

describe('readCsvRecords', () => {
  it('survives columns named like parts of objects', async () => {
    const [row] = await records(bytes('__proto__,constructor,a\nx,y,z\n'))
    expect(Object.entries(row?.values ?? {})).toEqual([['__proto__', 'x'], ['constructor', 'y'], ['a', 'z']])
    expect(Object.getPrototypeOf(row?.values)).toBeNull()
  })

  it('fills short lines and counts cells too many', async () => {
    expect(await records(bytes('a,b\n1\n1,2,3,\n'))).toMatchObject([{ line: 2, extraCells: 0 }, { line: 3, extraCells: 1 }])
  })

  it('skips what stands above the headers', async () => {
    const rows = await records(bytes('Campaign report\n"Feb 1, 2021"\nCampaign,Cost\nBrand,12.50\n'), 3)
    expect(rows.map(({ line, values }) => [line, { ...values }])).toEqual([[4, { Campaign: 'Brand', Cost: '12.50' }]])
  })

  it('refuses headers that are alike, names empty ones, refuses an empty file', async () => {
    expect(() => headersOf(['Email', 'ｅｍａｉｌ '])).toThrow(CsvRefusal)
    expect(headersOf([' a ', '', 'b'])).toEqual(['a', 'column_2', 'b'])
    await expect(records(bytes('a,A\n1,2\n'))).rejects.toMatchObject({ code: 'duplicate-header', detail: { header: 'A' } })
    await expect(records(new Uint8Array())).rejects.toMatchObject({ code: 'empty' })
  })
})
