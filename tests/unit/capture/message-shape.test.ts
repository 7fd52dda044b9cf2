import { describe, expect, it } from 'vitest'
import { learnShape, pathsOf, vanished } from '~/domain/capture/message-shape'

const paths = (body: object | string) => pathsOf(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

describe('the shape of a message', () => {
  it('is its fields and questions that say something', () => {
    expect(paths({ lead_id: 'x', empty: '', nothing: null, campaign: { id: 0 }, user_column_data: [{ column_id: 'EMAIL', string_value: 'a@b.cn' }, { column_id: 'PHONE', string_value: '' }], data: [{ label: '姓名', value: '王芳' }] }))
      .toEqual(['campaign.id', 'data[姓名]', 'lead_id', 'user_column_data[EMAIL]'])
    expect(paths('hello')).toBeNull()
    expect(paths('[1]')).toBeNull()
  })

  it('holds no values: a name in a list of people is one', () => {
    expect(paths({ participants: [{ name: '王芳', phone: '13800138000' }], tags: ['a', 'b'] })).toEqual(['participants[].name', 'participants[].phone', 'tags[]'])
  })

  it('is learned from twenty messages and missed after ten', () => {
    const usual = ['company', 'email', 'phone']
    expect(learnShape(times(19, usual))).toBeNull()
    // company in 18 of 20 = 90 %, note in 17 of 20 = 85 %.
    const shape = learnShape([...times(17, [...usual, 'note']), usual, ...times(2, ['email', 'phone'])])
    if (shape === null) throw new Error('nothing was learned')
    expect(vanished(shape, times(9, ['phone']))).toEqual([])
    expect(vanished(shape, times(10, ['phone']))).toEqual(['company', 'email'])
    expect(vanished(shape, [...times(9, ['phone']), usual])).toEqual([])
  })

  it('survives hostile keys', () => {
    const shape = learnShape(times(20, paths('{"__proto__":{"a":1},"constructor":2}') ?? []))
    expect(Object.keys(shape?.paths ?? {})).toEqual(['__proto__.a', 'constructor'])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })
})
