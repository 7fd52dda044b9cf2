import { useTranslation } from 'react-i18next'
import { channelKinds } from '~/domain/channels/vocabulary'
import { filterFields, filterKindOf, grades, promises, stages, verdicts, type FilterField, type FilterKind } from '~/domain/leads/vocabulary'
import { cells, ranks } from '~/domain/scoring/vocabulary'
import type { Condition } from '~/lib/conditions'
import { useFormat } from '~/ui/use-format'
import type { ListData } from './route'

export type Option = { value: string; label: string }
type Data = Pick<ListData, 'choices' | 'fields'>
const isField = (name: string): name is FilterField => Object.hasOwn(filterFields, name)

/** What a filter can be about, and what a condition says, in words. */
export function useConditionWords({ choices, fields }: Data) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const { t: common } = useTranslation()
  const format = useFormat()
  const custom = (id: string) => fields.find((field) => field.id === id)
  const labelOf = (field: { labelEn: string; labelZh: string }) => (format.locale === 'zh-CN' && field.labelZh !== '' ? field.labelZh : field.labelEn)
  const named = (list: readonly { id: string; name: string }[]): Option[] => list.map(({ id, name }) => ({ value: id, label: name }))
  const country = (code: string) => (/^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([format.locale], { type: 'region' }).of(code) ?? code) : code)
  const kindOf = (name: string): FilterKind => (isField(name) ? filterFields[name] : filterKindOf[custom(name)?.kind ?? 'text'])
  const optionsOf = (name: string): Option[] => {
    switch (name) {
      case 'stage': return stages.map((value) => ({ value, label: leads(`stage.${value}`) }))
      case 'verdict': return verdicts.map((value) => ({ value, label: leads(`verdict.${value}`) }))
      case 'grade': return grades.map((value) => ({ value, label: value }))
      case 'cell': return cells.map((cell) => ({ value: String(cell), label: String(cell) }))
      case 'fit': case 'interest': return ranks.map((rank) => ({ value: String(rank), label: t(`rank.${rank}`) }))
      case 'sla': return promises.map((value) => ({ value, label: t(`promise.${value}`) }))
      case 'kind': return channelKinds.filter((kind) => kind !== 'other').map((value) => ({ value, label: common(`channel.${value}`) }))
      case 'owner': return [{ value: 'me', label: leads('filter.me') }, ...named(choices.owners)]
      case 'team': return named(choices.teams)
      case 'channel': return named(choices.channels)
      case 'campaign': return named(choices.campaigns)
      case 'source': return named(choices.sources)
      case 'line': return choices.lines.map(({ id, name }) => ({ value: id, label: name }))
      default: return (custom(name)?.choices ?? []).map(({ key, en, zh }) => ({ value: key, label: format.locale === 'zh-CN' && zh !== '' ? zh : en }))
    }
  }
  const fieldLabel = (name: string): string => (isField(name) ? t(`field.${name}`) : labelOf(custom(name) ?? { labelEn: name, labelZh: name }))
  const valueText = ({ field, op, values }: Condition): string => {
    const [first = '', second = ''] = values
    switch (op) {
      case 'in': return t(`span.${first as 'today'}`)
      case 'last': case 'next': case 'ago': return t(`opText.${op}`, { days: first })
      case 'from': case 'to': return t(`opText.${op}`, { day: format.day(first) })
      case 'between': return format.dayRange(first, second)
      case 'over': case 'under': return t(`opText.${op}`, { value: field === 'response' ? t('minutes', { n: first }) : `${first}${second === '' ? '' : ` ${second}`}` })
      case 'eq': return first
      case 'has': return `“${first}”`
      default: return values.map((value) => (field === 'country' ? country(value) : (optionsOf(field).find((option) => option.value === value)?.label ?? value))).join(format.locale === 'zh-CN' ? '、' : ', ')
    }
  }
  return {
    fieldLabel, kindOf, optionsOf, labelOf, currencyOf: (name: string) => custom(name)?.currency ?? null,
    fieldNames: [...(Object.keys(filterFields) as FilterField[]), ...fields.map(({ id }) => id)],
    sentence: (condition: Condition): string => {
      const label = fieldLabel(condition.field)
      const bare = ['empty', 'set', 'yes', 'no', 'none', 'any'].includes(condition.op)
      if (bare) return t('chip', { field: label, value: t(`op.${condition.op as 'empty'}`) })
      return condition.op === 'not' ? t('chipNot', { field: label, value: valueText(condition) }) : t('chip', { field: label, value: valueText(condition) })
    },
  }
}
