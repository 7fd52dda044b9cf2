import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SortName } from '~/domain/leads/vocabulary'
import { formatMinor } from '~/lib/money'
import { useLeadWords } from '~/ui/leads/lead-words'
import { CellMark } from '~/ui/leads/cell-mark'
import { StageChip } from '~/ui/leads/stage-chip'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Money, Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'
import { builtInColumns, type BuiltInColumn } from './list-address'
import type { ListData } from './route'

export type ListRow = ListData['rows'][number]
type Field = ListData['fields'][number]
/** What a cell edits: the field of the door, and its value as the door knows it. */
export type Editable = { field: string; kind: 'member' | 'moment' | 'grade' | 'amount' | Field['kind']; was: (row: ListRow) => string }
export type ListColumn = { id: string; label: string; numeric?: boolean; sort?: SortName; cell: (row: ListRow) => ReactNode; edit?: Editable }

const cut = (text: string) => <span className="ll-cut" title={text}>{text}</span>

/** The names of all columns there are: ours in their order, then custom fields. */
export function useColumnLabels(fields: readonly Field[]): Map<string, string> {
  const { t } = useTranslation('lists')
  const { locale } = useFormat()
  return useMemo(() => new Map<string, string>([
    ...builtInColumns.map((id) => [id, t(`column.${id}`)] as const),
    ...fields.map((field) => [field.id, locale === 'zh-CN' && field.labelZh !== '' ? field.labelZh : field.labelEn] as const),
  ]), [t, locale, fields])
}

/** How each column shows a lead, and how it is edited. */
export function useListColumns({ fields, values, now, may }: Pick<ListData, 'fields' | 'values' | 'now' | 'may'>): Map<string, ListColumn> {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  const labels = useColumnLabels(fields)
  return useMemo(() => {
    const custom = (field: Field): ListColumn => ({
      id: field.id, label: labels.get(field.id) ?? field.key, numeric: field.kind === 'number' || field.kind === 'money',
      cell: (row) => <CustomValue field={field} value={values[row.id]?.[field.id]} />,
      edit: may.write ? { field: field.id, kind: field.kind, was: (row) => { const value = values[row.id]?.[field.id]; return Array.isArray(value) ? [...value].sort().join(',') : (value ?? '') } } : undefined,
    })
    const own: Record<BuiltInColumn, Omit<ListColumn, 'id' | 'label'>> = {
      company: { sort: 'company', cell: (row) => cut(row.company?.name ?? '') },
      stage: { cell: (row) => <StageChip lead={row} /> },
      channel: { cell: (row) => (row.channel === null ? <ChannelDot kind={null}>{t('list.noChannel')}</ChannelDot> : <ChannelDot kind={row.channel.kind}>{cut(row.channel.name)}</ChannelDot>) },
      owner: { sort: 'owner', cell: (row) => (row.owner === null ? <span className="text-muted">{t('list.nobody')}</span> : cut(row.owner.name)), edit: may.assign ? { field: 'owner', kind: 'member', was: (row) => row.owner?.id ?? '' } : undefined },
      amount: { numeric: true, sort: 'amount', cell: (row) => <Money minor={row.amount} currency={row.currency ?? ''} currencyAs="code" whole />, edit: may.write ? { field: 'amount', kind: 'amount', was: (row) => (row.expectedAmount === null ? '' : formatMinor(row.expectedAmount, row.expectedCurrency ?? 'CNY')) } : undefined },
      cameIn: { numeric: true, sort: 'came_in', cell: (row) => <Moment at={row.cameInAt} style="day-year" /> },
      contact: { numeric: true, sort: 'contact', cell: (row) => <Moment at={row.lastContactAt} now={now} /> },
      next: { numeric: true, sort: 'next', cell: (row) => <Moment at={row.nextStepAt} />, edit: may.write ? { field: 'next', kind: 'moment', was: (row) => row.nextStepAt?.toISOString() ?? '' } : undefined },
      grade: { sort: 'grade', cell: (row) => row.grade ?? '—', edit: may.write ? { field: 'grade', kind: 'grade', was: (row) => row.grade ?? '' } : undefined },
      cell: { sort: 'cell', cell: (row) => (row.cell === null ? '—' : <CellMark cell={row.cell} byHand={row.cellByHand} />) },
      won: { numeric: true, sort: 'won', cell: (row) => <Moment at={row.wonAt} style="day-year" /> },
      campaign: { cell: (row) => cut(row.campaign?.name ?? '') },
      source: { cell: (row) => cut(row.source.name) },
      line: { cell: (row) => cut(row.productLine.name) },
    }
    const name: ListColumn = { id: 'name', label: t('list.name'), sort: 'name', cell: (row) => cut(words.name(row)) }
    return new Map([name, ...builtInColumns.map((id) => ({ id, label: labels.get(id) ?? id, ...own[id] })), ...fields.map(custom)].map((column) => [column.id, column]))
  }, [t, values, now, fields, may, words, labels])
}

/** A custom value in words. */
export function CustomValue({ field, value }: { field: Field; value: string | string[] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const choice = (key: string) => { const found = field.choices.find((each) => each.key === key); return found === undefined ? key : format.locale === 'zh-CN' && found.zh !== '' ? found.zh : found.en }
  if (value === undefined) return <span className="text-muted">—</span>
  if (Array.isArray(value)) return cut(value.map(choice).join(', '))
  switch (field.kind) {
    case 'boolean': return <>{t(value === 'yes' ? 'state.yes' : 'state.no')}</>
    case 'date': return <>{format.day(value)}</>
    case 'choice': return cut(choice(value))
    case 'money': return <span className="tn">{value} {field.currency}</span>
    case 'number': return <span className="tn">{value}</span>
    default: return cut(value)
  }
}
