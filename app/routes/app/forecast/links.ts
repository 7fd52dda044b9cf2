import type { ForecastReport } from '~/domain/analytics'

/** What the page asks; it stands in the address. */
export type Asked = { owner?: string; channel?: string; line?: string; by: ForecastReport['by'] }
type More = { month?: string; currency?: string; step?: string; overdue?: boolean }

const paramsOf = ({ owner, channel, line, by }: Asked, { month, currency, step, overdue }: More = {}): URLSearchParams =>
  new URLSearchParams(Object.entries({ owner, channel, line, by, month, currency, step, overdue: overdue === true ? '1' : undefined }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

export const forecastHref = (asked: Asked, change: Partial<Asked> = {}): string => `/forecast?${paramsOf({ ...asked, ...change })}`
export const exportHref = (asked: Asked): string => `/forecast/export?${paramsOf(asked)}`
/** The open leads behind a number, each with what it adds. */
export const openHref = (asked: Asked, more: More): string => `/forecast/leads?${paramsOf(asked, more)}`
/** The same question of one row of the breakdown. */
export const ofRow = (asked: Asked, key: string | null): Asked => ({ ...asked, [asked.by]: key ?? 'none' })

/** The leads won in a month, in a currency. */
export const wonHref = (asked: Asked, month: string, currency: string): string => `/forecast/leads?${paramsOf(asked, { month, currency })}&won=1`

/** Open leads without an amount, in a stage: the same filter as `withoutAmountBehind`. */
export function withoutAmountHref({ owner, channel, line }: Asked, stage: 'inquiry' | 'qualified' | 'graded'): string {
  const params = new URLSearchParams({ verdict: 'valid', stage, f: 'amount.empty' })
  for (const [name, value] of [['owner', owner], ['channel', channel]] as const) if (value !== undefined) params.set(name, value)
  if (line !== undefined) params.append('f', `line.is.${line}`)
  return `/leads?${params}`
}

/** Leads by the grade given and the one suggested: see `LeadFilter.grading`. */
export const gradingHref = (...words: string[]): string => `/leads?${new URLSearchParams({ verdict: 'valid', grading: words.length === 0 ? 'any' : words.join('.') })}`
