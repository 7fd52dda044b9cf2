import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonSlices } from '~/lib/json-slices'

describe('slices of a JSON list', () => {
  it('are the very characters', () => {
    const text = ' { "data" : {"x":"]}\\"", "list" : [ {"id": 90071992547409931 , "a":[1,{"b":"}"}]}, 12 ,"t", null ] } } '
    expect(jsonSlices(text, ['data', 'list'])).toEqual(['{"id": 90071992547409931 , "a":[1,{"b":"}"}]}', '12', '"t"', 'null'])
    expect(jsonSlices(text, ['data', 'list', 0, 'a'])).toEqual(['1', '{"b":"}"}'])
    expect(jsonSlices(text, ['data', 'list', 0])).toEqual(['{"id": 90071992547409931 , "a":[1,{"b":"}"}]}'])
  })

  it('are none where there is no list', () => {
    for (const [text, path] of [['{}', ['a']], ['{"a":1}', ['a']], ['{"a":"[1]"}', ['a']], ['[]', ['a']], ['{"a":[]}', ['a', 0]]] as const) expect(jsonSlices(text, path)).toBeNull()
    expect(jsonSlices('{"a":[]}', ['a'])).toEqual([])
    expect(jsonSlices('{"a":[1],"a":[2]}', ['a'])).toEqual(['2'])
  })

  it('read back as the list they came from', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.boolean(), (list, pretty) => {
      const text = JSON.stringify({ before: '[', list, after: 1 }, null, pretty ? 2 : 0)
      expect(jsonSlices(text, ['list'])?.map((slice) => JSON.parse(slice) as unknown)).toEqual(JSON.parse(JSON.stringify(list)))
    }), { numRuns: 500 })
  })

  it('end on broken text', () => {
    fc.assert(fc.property(fc.string(), (text) => void jsonSlices(`{"a":[${text}`, ['a'])), { numRuns: 500 })
  })
})
