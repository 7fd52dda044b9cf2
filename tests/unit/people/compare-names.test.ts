import { describe, expect, it } from 'vitest'
import { compareNames } from '~/domain/people'
import { editDistance, jaroWinkler } from '~/domain/people/matching/engine/similarity'
import { isVirtualNumber, maskedMobile } from '~/lib/phone'

describe('compareNames', () => {
  it.each([
    ['王芳', '王芳', 'same'], ['李总', '李伟', 'like'], ['李伟先生', '李伟', 'same'], ['王芳', '李伟', 'other'], ['张伟', '张玮', 'like'],
    ['John Smith', 'Smith, John', 'same'], ['小王', '王芳', 'like'], ['老李', '李伟', 'like'], ['小王', '李伟', 'other'], ['J. Smith', 'John Smith', 'like'], ['John Smith', 'Maria Lopez', 'other'], ['Wang Fang', '王芳', 'like'], ['', '王芳', 'like'],
  ] as const)('%s and %s: %s', (one, other, relation) => {
    expect(compareNames(one, other)).toBe(relation)
    expect(compareNames(other, one)).toBe(relation)
  })
})

describe('similarity', () => {
  // Worked examples of Winkler (1990).
  it.each([['martha', 'marhta', 0.9611], ['dwayne', 'duane', 0.84], ['dixon', 'dicksonx', 0.8133], ['a', '', 0], ['', '', 1]])('%s and %s: %d', (a, b, likeness) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(likeness, 3)
  })

  it.each([['meier', 'meyer', 2, 1], ['ab', 'ba', 2, 1], ['kitten', 'sitting', 5, 3], ['kitten', 'sitting', 1, 2], ['', 'ab', 3, 2]])('%s to %s within %d takes %d', (a, b, limit, distance) => {
    expect(editDistance(a, b, limit)).toBe(distance)
  })
})

describe('numbers that are no keys', () => {
  it('are masked or lent out', () => {
    expect(maskedMobile('138****1234')).toEqual({ head: '138', tail: '1234' })
    expect(maskedMobile('+86 138 **** 1234')).toEqual({ head: '138', tail: '1234' })
    expect(maskedMobile('13812341234')).toBeNull()
    expect(['+8617012345678', '+8616212345678', '+8613812345678', '+8617312345678'].map(isVirtualNumber)).toEqual([true, true, false, false])
  })
})
