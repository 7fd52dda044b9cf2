import { describe, expect, it } from 'vitest'
import { ratesOf } from '~/domain/analytics/metrics'
import { dimensions } from '~/domain/analytics/dimensions'
import { dimensionNames } from '~/domain/analytics/vocabulary'

const none = { exposures: null, inquiries: 0, leads: 0, valid_leads: 0, qualified: 0, graded: 0, won: 0, lost: 0, junk: 0 }

describe('metrics', () => {
  it('are null where there is nothing to divide by, never 0 or infinite', () => {
    expect(Object.values(ratesOf(none)).every((rate) => rate === null)).toBe(true)
    expect(ratesOf({ ...none, leads: 4, junk: 4 })).toMatchObject({ valid: 0, won: null })
  })
  it('are of valid leads', () => {
    // 260 leads, 104 junk, 156 valid (the junk story): valid rate 60 %, 4 won of 156.
    expect(ratesOf({ ...none, leads: 260, junk: 104, valid_leads: 156, qualified: 39, graded: 12, won: 4 })).toEqual({
      valid: 0.6, qualified: 0.25, graded: 12 / 156, won: 4 / 156, lost: 0, inquiry_to_qualified: 0.25, qualified_to_graded: 12 / 39, graded_to_won: 1 / 3,
    })
  })
  it('every dimension is defined', () => {
    expect(Object.keys(dimensions)).toEqual([...dimensionNames])
  })
})
