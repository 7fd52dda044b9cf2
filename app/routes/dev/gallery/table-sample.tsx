import { useSearchParams } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sparkline } from '~/ui/charts/sparkline'
import { Button } from '~/ui/primitives/button'
import { ChannelDot, channelColor } from '~/ui/primitives/channel-dot'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { Change, Money, Num, Percent } from '~/ui/primitives/numbers'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { readSort } from '~/ui/tables/sort'

type Channel = { id: string; name: string; kind: string | null; inquiries: number; valid: number; spend: number | null; change: number | null }

const CHANNELS: Channel[] = [
  { id: 'google', name: 'Google Ads', kind: 'paid', inquiries: 74, valid: 0.87, spend: 3_140_000, change: 0.029 },
  { id: 'ocean', name: '巨量引擎 Ocean Engine', kind: 'paid', inquiries: 280, valid: 0.6, spend: 2_400_000, change: 0.184 },
  { id: 'baidu', name: '百度 Baidu search', kind: 'paid', inquiries: 108, valid: 0.9, spend: 2_000_000, change: -0.062 },
  { id: 'partners', name: 'Partners', kind: 'partner', inquiries: 33, valid: 0.9, spend: 1_800_000, change: -0.088 },
  { id: 'linkedin', name: 'LinkedIn', kind: 'paid', inquiries: 21, valid: 0.86, spend: 1_428_000, change: null },
  { id: 'webinar', name: 'Webinar', kind: 'event', inquiries: 500, valid: 0.95, spend: 1_200_000, change: 0.046 },
  { id: 'meta', name: 'Meta lead forms', kind: 'paid', inquiries: 44, valid: 0.67, spend: null, change: null },
  { id: 'none', name: 'Unattributed', kind: null, inquiries: 63, valid: 0.84, spend: null, change: null },
]

export function TableSample() {
  const { t } = useTranslation('gallery')
  const { t: common } = useTranslation()
  const [params] = useSearchParams()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['ocean']))
  const sort = readSort(params, ['inquiries', 'spend'], { by: 'spend', direction: 'desc' })
  const columns = useMemo(
    (): Column<Channel>[] => [
      { id: 'name', header: t('sample.channel'), cell: (row) => <ChannelDot kind={row.kind}>{row.name}</ChannelDot>, footer: 'All channels' },
      { id: 'state', header: '', cell: (row) => (row.spend === null && row.kind !== null ? <Chip tone="warn">{common('thin.spendMissing')}</Chip> : row.inquiries < 30 ? <Chip>{common('thin.few')}</Chip> : null) },
      { id: 'inquiries', header: t('sample.inquiries'), numeric: true, sortable: true, cell: (row) => <Num value={row.inquiries} />, footer: <Num value={1123} /> },
      { id: 'valid', header: '%', numeric: true, cell: (row) => <Percent ratio={row.valid} />, footer: <Percent ratio={0.78} /> },
      { id: 'spend', header: t('sample.spend'), unit: 'CNY', numeric: true, sortable: true, cell: (row) => <Money minor={row.spend} currency="CNY" currencyAs="none" whole />, footer: <Money minor={14_088_000} currency="CNY" currencyAs="none" whole /> },
      { id: 'weeks', header: t('sample.weeks'), numeric: true, cell: (row) => <Sparkline label={row.name} color={channelColor(row.kind)} values={row.spend === null ? [] : [3, 4, 4, 5, 4, 6, 5, 7, 6, 8, 7, 8 + row.inquiries / 100]} /> },
      { id: 'change', header: t('sample.change'), numeric: true, cell: (row) => <Change ratio={row.change} better="down" /> },
    ],
    [common, t],
  )
  return (
    <DataTable
      label={t('sections.table')}
      rows={CHANNELS}
      columns={columns}
      rowId={(row) => row.id}
      rowHref={(row) => `?channel=${row.id}`}
      rowName={(row) => row.name}
      rowTone={(row) => (row.inquiries < 30 ? 'thin' : undefined)}
      sort={sort}
      selection={{ selected, onChange: setSelected, actions: <Button size="s" icon={Plus}>{common('action.export')}</Button> }}
      pager={{ total: 12_400, approximate: true, previousHref: '?before=x', nextHref: '?after=y' }}
      card={{ primary: 'name', secondary: 'state', end: 'spend' }}
      empty={<EmptyState kind="empty" />}
    />
  )
}
