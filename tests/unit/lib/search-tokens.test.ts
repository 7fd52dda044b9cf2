import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryTokens, searchTokens } from '~/lib/search-tokens'

function finds(stored: string, typed: string): boolean {
  const tokens = new Set(searchTokens(stored))
  const query = queryTokens(typed)
  return query.length > 0 && query.every((token) => tokens.has(token))
}

describe('search tokens', () => {
  it('are the grams, the pinyin and the initials', () => {
    expect(searchTokens('张伟')).toEqual(expect.arrayContaining(['张', '伟', '张伟', 'zhangwei', 'zhang', 'wei', 'zw', 'zh']))
  })

  it.each([
    ['张伟', '张'], ['张伟', '伟'], ['张伟', '张伟'], ['张伟', 'zhangwei'], ['张伟', 'zhangw'], ['张伟', 'wei'], ['张伟', 'zw'],
    ['北京字节跳动科技', '字节'], ['北京字节跳动科技', '字节跳动'], ['北京字节跳动科技', 'zijie'], ['北京字节跳动科技', 'zjtd'],
    ['单雄信', 'shan'], ['吕布', 'lv'], ['Acme 北京', 'acm 京'], ['Wei Zhang', 'zhang we'], ['Müller', 'mull'], ['+8613812345678', '5678'], ['GmbH', 'ＧＭ'],
  ])('%s is found by %s', (stored, typed) => {
    expect(finds(stored, typed)).toBe(true)
  })

  it.each([['张伟', '李'], ['张伟', 'lw'], ['北京字节跳动', '节字'], ['Acme', 'cme'], ['张伟', ''], ['张伟', ' -- ']])('%s is not found by %j', (stored, typed) => {
    expect(finds(stored, typed)).toBe(false)
  })

  it('stay few', () => {
    expect(searchTokens('线索'.repeat(500), 'abc '.repeat(500)).length).toBeLessThanOrEqual(240)
    expect(searchTokens(null, undefined, '')).toEqual([])
  })

  it('find every Latin word by its beginning', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{2,20}$/), fc.integer({ min: 2, max: 20 }), (word, length) => finds(word, word.slice(0, length))))
  })
})
