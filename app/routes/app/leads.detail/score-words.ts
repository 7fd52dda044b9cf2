import type { TFunction } from 'i18next'
import type { LeadScore } from '~/domain/scoring'
import type { Locale } from '~/lib/locales'

type Line = Pick<LeadScore['lines'][number], 'criterion' | 'label' | 'because'>
export type ScoreT = TFunction<['score', 'leads', 'channels']>
const MOST_NAMED = 3

/** What a line of a score says, short: "200 employees or more". Pure, so that the server says it in another language than the page's. */
export function scoreWords(t: ScoreT, locale: Locale) {
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const any = (values: readonly string[]) => `${values.slice(0, MOST_NAMED).join(locale === 'zh-CN' ? '、' : ', ')}${values.length > MOST_NAMED ? ' …' : ''}`
  const named = ({ because, label }: Line, values: readonly string[], say: (value: string) => string = (value) => value) => {
    const own = label.name ?? (typeof because.value === 'string' ? say(because.value) : null)
    return own ?? any(values.map(say))
  }
  const number = (value: number | null) => (value === null ? '' : new Intl.NumberFormat(locale).format(value))
  const country = (code: string) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code)
  // 4 January 1970 was a Sunday.
  const weekday = (day: number) => weekdays.format(new Date((3 + day) * 86_400_000))

  function said(line: Line): string {
    const { criterion: asked, label } = line
    if (asked === null) return line.because.kind === 'base' ? t('score:say.base') : t('score:say.gone')
    switch (asked.kind) {
      case 'employees': return asked.from === null ? t('score:say.employeesTo', { to: number(asked.to) }) : asked.to === null ? t('score:say.employeesFrom', { from: number(asked.from) }) : t('score:say.employees', { from: number(asked.from), to: number(asked.to) })
      case 'industry': return t('score:say.industry', { values: named(line, asked.values) })
      case 'country': return t('score:say.country', { values: named(line, asked.values, country) })
      case 'role': return named(line, asked.values, (role) => t(`leads:role.${role as 'user'}`))
      case 'reachable': return t(`score:say.reachable.${asked.by}`)
      case 'channel-kind': return t('score:say.channel-kind', { values: named(line, asked.values, (kind) => t(`channels:kinds.${kind as 'paid'}`)) })
      case 'channel': case 'campaign': case 'source': case 'product-line': return t(`score:say.${asked.kind}`, { values: label.name ?? '…' })
      case 'landing-page': return t('score:say.landing-page', { values: label.page ?? any(asked.values) })
      case 'weekday': return t('score:say.weekday', { values: any(asked.values.map(weekday)) })
      case 'field': return ofField(asked, label)
      case 'answer': return asked.contains === null ? t('score:say.answer', { question: asked.question }) : t('score:say.answerWith', { question: asked.question, contains: asked.contains })
      case 'unknown': return t('score:say.unknown', { what: t(`score:say.unknowable.${asked.of}`) })
      case 'recency': return t('score:say.recency', { days: asked.days })
      case 'silence': return t('score:say.silence', { n: asked.attempts })
      case 'touch': { const what = t(`score:say.touch.${asked.touch}`); const page = label.page ?? asked.page; return page === null ? what : t('score:say.onPage', { what, page }) }
      case 'webinar': return t('score:say.webinar', { minutes: asked.minutes })
      case 'free-mail': case 'customer': case 'unsubscribed': case 'reply': case 'asked-again': return t(`score:say.${asked.kind}`)
    }
  }

  function ofField({ test, values, number: limit }: Extract<NonNullable<Line['criterion']>, { kind: 'field' }>, label: Line['label']): string {
    const field = (locale === 'zh-CN' && label.nameZh !== null && label.nameZh !== '' ? label.nameZh : label.name) ?? t('score:say.someField')
    switch (test) {
      case 'known': return t('score:say.fieldKnown', { field })
      case 'unknown': return t('score:say.fieldUnknown', { field })
      case 'at-least': return t('score:say.fieldAtLeast', { field, n: number(limit) })
      case 'at-most': return t('score:say.fieldAtMost', { field, n: number(limit) })
      case 'one-of': return t('score:say.field', { field, values: any(values) })
    }
  }

  /** What would move it: by what somebody finds out, or by what happens next. */
  function would({ criterion, label, way, to }: LeadScore['counterfactuals'][number]): string {
    if (criterion.kind === 'unknown') return t('score:if.unknown', { what: t(`score:say.unknowable.${criterion.of}`), cell: to })
    return t(`score:if.${way}`, { what: said({ criterion, label, because: { kind: criterion.kind } }), cell: to })
  }

  return { said, would }
}

const deeds: ReadonlySet<string> = new Set(['touch', 'webinar', 'reply', 'asked-again'])
/** Whether a line is something that happened: then it says when. */
export const isDeed = ({ because }: Pick<Line, 'because'>): boolean => deeds.has(because.kind)

/** The lines that tell most of a group, what they did first, then by weight: what stands in the sentence, each kind once. Where everybody begins is left to the table. */
export function tellingLines(lines: LeadScore['lines'], group: 'fit' | 'interest'): LeadScore['lines'] {
  const telling = lines.filter((line) => line.group === group && line.worth !== 0 && line.because.kind !== 'base')
  const best = [...telling].sort((a, b) => Number(isDeed(b)) - Number(isDeed(a)) || Math.abs(b.worth) - Math.abs(a.worth) || b.at.getTime() - a.at.getTime())
  return best.filter((line, at) => best.findIndex((other) => other.line === line.line) === at).slice(0, 2)
}
