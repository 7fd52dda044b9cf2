import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '~/lib/json-big'

describe('parseJson', () => {
  it('keeps ids digit for digit and numbers numbers', () => {
    const text = '{"lead_id":7193568920349857281,"form":-9007199254740993,"n":9007199254740991,"price":12.5,"e":1e3,"big":1e400}'
    expect(parseJson(text)).toEqual({
      ok: true,
      value: { lead_id: '7193568920349857281', form: '-9007199254740993', n: 9007199254740991, price: 12.5, e: 1000, big: '1e400' },
    })
  })

  it('lets nothing reach a prototype', () => {
    const result = parseJson('{"__proto__":{"admin":true},"a":{"\\u005f_proto__":{"x":1},"constructor":1}}')
    const value = result.ok ? (result.value as Record<string, unknown>) : {}
    expect(value['admin']).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__', 'a'])
    expect((value['a'] as Record<string, unknown>)['x']).toBeUndefined()
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  it('refuses what is too deep or too wide before parsing', () => {
    expect(parseJson(`${'['.repeat(100_000)}`)).toEqual({ ok: false, code: 'too-deep' })
    expect(parseJson(`${'['.repeat(64)}${']'.repeat(64)}`).ok).toBe(true)
    expect(parseJson('[[1]]', { maxDepth: 1 })).toEqual({ ok: false, code: 'too-deep' })
    expect(parseJson('{"a":1,"b":2}', { maxKeys: 2 })).toEqual({ ok: false, code: 'too-many-keys' })
    expect(parseJson('["[[[[", "\\"[["]', { maxDepth: 1 }).ok).toBe(true)
  })

  it.each(['', '{', '{"a":}', '[1,]', "{'a':1}", 'undefined', '01', '{"a":1}x', '\u0000'])('refuses %j', (text) => {
    expect(parseJson(text)).toEqual({ ok: false, code: 'not-json' })
  })

  it('takes the last of repeated keys', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ ok: true, value: { a: 2 } })
  })

  it('reads what JSON writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!/\d{16}|e\+/.test(text))
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify((parseJson(text) as { value: unknown }).value))
      }),
    )
  })
})
