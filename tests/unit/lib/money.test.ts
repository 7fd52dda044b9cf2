import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, convertMinor, divideHalfUp, formatMinor, isCurrency, minorDigits, parseMoney, percentOf } from '~/lib/money'

describe('minorDigits', () => {
  it('follows ISO 4217', () => {
    expect(['CNY', 'EUR', 'JPY', 'KRW', 'KWD', 'TND', 'CLF'].map(minorDigits)).toEqual([2, 2, 0, 0, 3, 3, 4])
    expect(isCurrency('CNY')).toBe(true)
    expect(isCurrency('RMB')).toBe(false)
  })
})

describe('parseMoney', () => {
  it.each([
    ['12.50', 'CNY', 1250n], ['7307.37', 'INR', 730737n], ['1,234.5', 'USD', 123450n], ['1,23,456.78', 'INR', 12345678n],
    ['¥ 88', 'CNY', 8800n], ['￥８８.８０', 'CNY', 8880n], ['88元', 'CNY', 8800n], ['$-3.20', 'USD', -320n], ['-$3.20', 'USD', -320n],
    ['(12.00)', 'USD', -1200n], ['USD 5', 'USD', 500n], ['5 USD', 'USD', 500n], ['4981.000', 'INR', 498100n],
    ['100', 'JPY', 100n], ['100.00', 'JPY', 100n], ['1.234', 'KWD', 1234n], ['.5', 'EUR', 50n], ['+3', 'EUR', 300n],
    ['9007199254740993.01', 'USD', 900719925474099301n], ['50 000 000', 'BRL', 5_000_000_000n],
  ])('reads %s %s', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor)
  })

  it.each([
    ['1.234,5', 123450n], ['12,50', 1250n], ['1.234.567,89', 123456789n], ['-0,01', -1n],
  ])('reads %s with a decimal comma', (text, minor) => {
    expect(parseMoney(text, 'EUR', { decimal: ',' })).toBe(minor)
  })

  it.each(['', 'abc', '1.2.3', '1,5', '12.345', '1e5', '--5', '1,2345', '0x10', '12,34.5', 'NaN', '∞', '-'])('refuses %j', (text) => {
    expect(parseMoney(text, 'CNY')).toBeNull()
  })

  it('rounds digits too many half up, only when asked', () => {
    expect(parseMoney('12.345', 'CNY', { excess: 'half-up' })).toBe(1235n)
    expect(parseMoney('12.3449', 'CNY', { excess: 'half-up' })).toBe(1234n)
    expect(parseMoney('-12.345', 'CNY', { excess: 'half-up' })).toBe(-1235n)
    expect(parseMoney('99.5', 'JPY', { excess: 'half-up' })).toBe(100n)
  })
})

describe('formatMinor', () => {
  it('shows every digit of the currency', () => {
    expect(formatMinor(1250n, 'CNY')).toBe('12.50')
    expect(formatMinor(-5n, 'CNY')).toBe('-0.05')
    expect(formatMinor(0n, 'KWD')).toBe('0.000')
    expect(formatMinor(1234n, 'JPY')).toBe('1234')
  })

  it('is read back as the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
        expect(parseMoney(formatMinor(minor, currency), currency)).toBe(minor)
      }),
    )
  })
})

describe('allocate', () => {
  it('gives what is left to the largest remainders', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(100n, [40n, 20n, 40n])).toEqual([40n, 20n, 40n])
    expect(allocate(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n])
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(allocate(5n, [0n, 1n])).toEqual([0n, 5n])
  })

  it('always adds up', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 12 }).filter((each) => each.some((w) => w > 0n))
    fc.assert(
      fc.property(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), weights, (total, each) => {
        expect(allocate(total, each).reduce((a, b) => a + b, 0n)).toBe(total)
      }),
    )
  })

  it('refuses weights that cannot share', () => {
    expect(() => allocate(1n, [])).toThrow(RangeError)
    expect(() => allocate(1n, [0n])).toThrow(RangeError)
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError)
  })
})

describe('percentOf', () => {
  it.each([
    [500n, 2.9, 15n], [500n, '2.9', 15n], [100n, '0.5', 1n], [100n, '0.49', 0n], [1999n, '10', 200n],
    [-500n, '2.9', -15n], [12345n, '100', 12345n], [0n, '7', 0n],
  ])('%s at %s %% is %s', (minor, percent, expected) => {
    expect(percentOf(minor, percent)).toBe(expected)
  })

  it('refuses what is no decimal', () => {
    expect(() => percentOf(1n, '1e3')).toThrow(RangeError)
    expect(() => percentOf(1n, Number.NaN)).toThrow(RangeError)
  })
})

describe('convertMinor', () => {
  it('minds the digits of both currencies', () => {
    expect(convertMinor(10_000n, 'USD', 'JPY', '149.5')).toBe(14_950n)
    expect(convertMinor(14_950n, 'JPY', 'USD', '0.0066890')).toBe(10_000n)
    expect(convertMinor(100n, 'USD', 'KWD', '0.3075')).toBe(308n)
    expect(() => convertMinor(1n, 'USD', 'CNY', '0')).toThrow(RangeError)
  })
})

describe('divideHalfUp', () => {
  it('rounds halves away from zero', () => {
    expect([divideHalfUp(5n, 2n), divideHalfUp(-5n, 2n), divideHalfUp(5n, -2n), divideHalfUp(7n, 3n)]).toEqual([3n, -3n, -3n, 2n])
  })
})
