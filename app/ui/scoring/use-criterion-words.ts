import { useTranslation } from 'react-i18next'
import type { CardLine, Criterion } from '~/domain/scoring/contract'
import { isCounted } from './criterion-groups'
import { useFormat } from '../use-format'
import type { ScoringNames } from './types'

const MOST_NAMED = 6

/** Criteria and lines of a card in sentences: "Company has 200 employees or more". */
export function useCriterionWords(names: ScoringNames) {
  const { t } = useTranslation(['scoring', 'channels', 'leads'])
  const format = useFormat()
  const inEnglish = format.locale === 'en'
  const any = (values: readonly string[]): string => {
    const shown = values.length > MOST_NAMED ? [...values.slice(0, MOST_NAMED - 1), t('scoring:say.more', { count: values.length - MOST_NAMED + 1 })] : values
    return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(t('scoring:say.comma'))}${t('scoring:say.or')}${shown.at(-1) ?? ''}`
  }
  const named = (list: readonly { id: string; name: string }[], ids: readonly string[]) => any(ids.map((id) => list.find((each) => each.id === id)?.name ?? t('scoring:say.gone')))
  const countries = new Intl.DisplayNames(format.locale, { type: 'region' })
  const weekdays = new Intl.DateTimeFormat(format.locale, { weekday: 'long', timeZone: 'UTC' })
  const country = (code: string): string => { try { return countries.of(code) ?? code } catch { return code } }
  // 4 January 1970 was a Sunday.
  const weekday = (day: number): string => weekdays.format(new Date((3 + day) * 86_400_000))
  const fieldName = (id: string) => { const found = names.fields.find((field) => field.id === id); return found === undefined ? t('scoring:say.goneField') : inEnglish ? found.labelEn : found.labelZh }
  const choiceName = (id: string, key: string) => { const found = names.fields.find((field) => field.id === id)?.choices.find((choice) => choice.key === key); return found === undefined ? key : inEnglish ? found.en : found.zh }
  const employees = (from: number | null, to: number | null): string => {
    if (from === null) return t('scoring:say.employeesTo', { to: format.number(to) })
    return to === null ? t('scoring:say.employeesFrom', { from: format.number(from) }) : t('scoring:say.employees', { from: format.number(from), to: format.number(to) })
  }
  const ofField = ({ fieldId, test, values, number }: Extract<Criterion, { kind: 'field' }>): string =>
    t(`scoring:say.field.${test}`, { field: fieldName(fieldId), values: any(values.map((value) => choiceName(fieldId, value))), number: format.number(number) })

  /** What a criterion asks, as a sentence without its full stop. */
  function criterion(asked: Criterion): string {
    switch (asked.kind) {
      case 'employees': return employees(asked.from, asked.to)
      case 'industry': return t('scoring:say.industry', { values: any(asked.values) })
      case 'country': return t('scoring:say.country', { values: any(asked.values.map(country)) })
      case 'role': return t('scoring:say.role', { values: any(asked.values.map((role) => t(`leads:role.${role}`))) })
      case 'reachable': return t(`scoring:say.reachable.${asked.by}`)
      case 'channel-kind': return t('scoring:say.channelKind', { values: any(asked.values.map((kind) => t(`channels:kinds.${kind}`))) })
      case 'channel': return t('scoring:say.channel', { values: named(names.channels, asked.values) })
      case 'campaign': return t('scoring:say.campaign', { values: named(names.campaigns, asked.values) })
      case 'source': return t('scoring:say.source', { values: named(names.sources, asked.values) })
      case 'product-line': return t('scoring:say.productLine', { values: named(names.productLines, asked.values) })
      case 'landing-page': return t('scoring:say.landingPage', { values: any(asked.values) })
      case 'weekday': return t('scoring:say.weekday', { values: any(asked.values.map(weekday)) })
      case 'field': return ofField(asked)
      case 'answer': return asked.contains === null ? t('scoring:say.answer', { question: asked.question }) : t('scoring:say.answerWith', { question: asked.question, contains: asked.contains })
      case 'unknown': return t(`scoring:say.unknown.${asked.of}`)
      case 'recency': return t('scoring:say.recency', { count: asked.days })
      case 'silence': return t('scoring:say.silence', { count: asked.attempts })
      case 'touch': return asked.page === null ? t(`scoring:did.${asked.touch}`) : t('scoring:say.onPage', { what: t(`scoring:did.${asked.touch}`), page: asked.page })
      case 'webinar': return t('scoring:say.webinar', { count: asked.minutes })
      case 'free-mail': case 'customer': case 'unsubscribed': case 'reply': case 'asked-again': return t(`scoring:say.${asked.kind}`)
    }
  }

  /** How a line counts, beside its points: caps, decay, what it needs. */
  function terms(line: CardLine, lines: readonly CardLine[]): string[] {
    const needed = line.onlyWith === null ? undefined : lines.find(({ key }) => key === line.onlyWith)
    return [
      isCounted(line.criterion.kind) ? t(line.most === 1 ? 'scoring:terms.once' : 'scoring:terms.each') : null,
      line.most === null || line.most === 1 ? null : t('scoring:terms.most', { count: line.most }), line.everyDays === null ? null : t('scoring:terms.every', { count: line.everyDays }),
      line.halfLifeDays === null ? null : t('scoring:terms.half', { count: line.halfLifeDays }), line.expiresDays === null ? null : t('scoring:terms.ends', { count: line.expiresDays }),
      line.onlyWith === null ? null : t('scoring:terms.onlyWith', { line: needed === undefined ? t('scoring:say.gone') : criterion(needed.criterion) }),
    ].filter((part) => part !== null)
  }

  return { criterion, terms, country, weekday, fieldName, choiceName }
}
