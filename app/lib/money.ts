/** An amount in the smallest unit of its currency. 12.50 CNY is `{ minor: 1250n, currency: 'CNY' }`. */
export type Money = Readonly<{ minor: bigint; currency: string }>

/** How a text writes its numbers: which mark stands before the fraction, and what happens to digits too many. */
export type MoneyFormat = Readonly<{ decimal?: '.' | ','; excess?: 'refuse' | 'half-up' }>

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/
const MINOR_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}
const DIGITS_BY_CURRENCY = new Map(
  Object.entries(MINOR_DIGITS).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, Number(digits)])),
)
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const SIGNS = /^(?:[¥$€£₹₩]|US\$|HK\$|NT\$|R\$|RMB|[A-Z]{3})(?=[\s\d.,+-])/u
const ENDINGS = /(?<=[\s\d.,])(?:[¥$€£₹₩元]|[A-Z]{3})$/u

/** Whether this is a currency code of ISO 4217, upper-case. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code)
}

/** How many digits the smallest unit of a currency has (ISO 4217): JPY 0, CNY 2, KWD 3. */
export function minorDigits(currency: string): number {
  return DIGITS_BY_CURRENCY.get(currency) ?? 2
}

/**
 * Reads an amount as people and exports write it: "1,234.50", "¥ 88", "(12.00)", "1.234,5" with `decimal: ','`.
 * Null where it is no amount, or where it has more digits than the currency and `excess` does not round.
 */
export function parseMoney(text: string, currency: string, format: MoneyFormat = {}): bigint | null {
  const { decimal = '.', excess = 'refuse' } = format
  let body = text.normalize('NFKC').replaceAll('−', '-').trim()
  const bracketed = /^\((.*)\)$/u.exec(body)
  body = (bracketed?.[1] ?? body).trim()
  const sign = /^[+-]/.exec(body)?.[0] ?? ''
  body = body.slice(sign.length).trim().replace(SIGNS, '').replace(ENDINGS, '').trim()
  const inner = sign === '' ? (/^[+-]/.exec(body)?.[0] ?? '') : ''
  const number = ungroup(body.slice(inner.length), decimal)
  if (number === null) return null
  const minor = scale(number, minorDigits(currency), excess)
  if (minor === null) return null
  const negative = [sign, inner].includes('-') !== (bracketed !== null)
  return negative ? -minor : minor
}

/** Writes an amount with all digits of its currency and no grouping: 1250n CNY is "12.50", -5n is "-0.05". */
export function formatMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency)
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  const sign = minor < 0n ? '-' : ''
  if (digits === 0) return `${sign}${text}`
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * Splits an amount by whole weights so that the parts add up to it exactly. Units left over go to the
 * largest remainders, earlier parts first. Throws RangeError where no weight is positive or one is negative.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('Weights must be positive')
  const size = total < 0n ? -total : total
  const parts = weights.map((weight, index) => ({ index, part: (size * weight) / sum, rest: (size * weight) % sum }))
  let left = size - parts.reduce((a, { part }) => a + part, 0n)
  const order = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const entry of order) {
    if (left === 0n) break
    entry.part += 1n
    left -= 1n
  }
  return parts.map(({ part }) => (total < 0n ? -part : part))
}

/**
 * A decimal percentage of an amount, half up on whole minor units and away from zero for negative amounts,
 * so that a reversal cancels exactly: 2.9 % of 500 is 15 (metrics.md §8).
 */
export function percentOf(minor: bigint, percent: string | number): bigint {
  const { value, digits } = decimalOf(percent)
  return divideHalfUp(minor * value, 100n * 10n ** BigInt(digits))
}

/** An amount in another currency at a decimal rate (1 unit of `from` costs `rate` units of `to`), half up. */
export function convertMinor(minor: bigint, from: string, to: string, rate: string): bigint {
  const { value, digits } = decimalOf(rate)
  if (value <= 0n) throw new RangeError('A rate must be positive')
  const up = 10n ** BigInt(minorDigits(to))
  return divideHalfUp(minor * value * up, 10n ** BigInt(digits + minorDigits(from)))
}

/** Divides whole numbers, half away from zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const a = dividend < 0n ? -dividend : dividend
  const b = divisor < 0n ? -divisor : divisor
  const rounded = (2n * a + b) / (2n * b)
  return negative ? -rounded : rounded
}

function decimalOf(value: string | number): { value: bigint; digits: number } {
  const match = DECIMAL.exec(String(value))
  if (match === null) throw new RangeError('Not a decimal number')
  const [, sign = '', whole = '0', fraction = ''] = match
  const digits = BigInt(whole + fraction)
  return { value: sign === '-' ? -digits : digits, digits: fraction.length }
}

function ungroup(text: string, decimal: '.' | ','): string | null {
  const parts = text.split(decimal)
  const [whole = '', fraction] = parts
  if (parts.length > 2 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null
  const group = decimal === '.' ? ',' : '.'
  const plain = whole.replaceAll(/[\s'’]/gu, group)
  const digits = plain === '' && fraction !== undefined ? '0' : plain
  const grouped = new RegExp(`^\\d{1,3}(?:\\${group}\\d{2,3})*\\${group}\\d{3}$`)
  if (!/^\d+$/.test(digits) && !grouped.test(digits)) return null
  return `${digits.replaceAll(group, '')}.${fraction ?? ''}`
}

function scale(number: string, digits: number, excess: 'refuse' | 'half-up'): bigint | null {
  const [whole = '0', fraction = ''] = number.split('.')
  const kept = fraction.slice(0, digits).padEnd(digits, '0')
  const cut = fraction.slice(digits)
  const minor = BigInt(whole + kept)
  if (/^0*$/.test(cut)) return minor
  if (excess === 'refuse') return null
  return cut >= '5' ? minor + 1n : minor
}
