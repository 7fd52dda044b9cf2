import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadWords } from '~/ui/leads/lead-words'
import { StageChip } from '~/ui/leads/stage-chip'
import type { LeadView } from '~/ui/leads/types'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Money, Moment } from '~/ui/primitives/numbers'
import type { Column } from '~/ui/tables/data-table'

const cut = (text: string) => <span className="block max-w-[220px] overflow-hidden text-ellipsis" title={text}>{text}</span>

/** Columns of the list of leads; `about` stands on phones only. */
export function useLeadColumns(now: Date): Column<LeadView>[] {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  return useMemo(() => {
    const channel = (row: LeadView) => row.channel === null ? <ChannelDot kind={null}>{t('list.noChannel')}</ChannelDot> : <ChannelDot kind={row.channel.kind}>{cut(row.channel.name)}</ChannelDot>
    return [
      { id: 'name', header: t('list.name'), cell: (row) => cut(words.name(row)) },
      { id: 'company', header: t('list.company'), cell: (row) => cut(row.company?.name ?? '') },
      { id: 'stage', header: t('list.stage'), cell: (row) => <StageChip lead={row} /> },
      { id: 'channel', header: t('list.channel'), cell: channel },
      { id: 'owner', header: t('list.owner'), cell: (row) => (row.owner === null ? <span className="text-muted">{t('list.nobody')}</span> : cut(row.owner.name)) },
      { id: 'amount', header: t('list.amount'), numeric: true, cell: (row) => <Money minor={row.amount} currency={row.currency ?? ''} currencyAs="code" whole /> },
      { id: 'cameIn', header: t('list.cameInAt'), numeric: true, cell: (row) => <Moment at={row.cameInAt} style="day-year" /> },
      { id: 'contact', header: t('list.lastContact'), numeric: true, cell: (row) => <Moment at={row.lastContactAt} now={now} /> },
      { id: 'next', header: t('list.nextStep'), numeric: true, cell: (row) => <Moment at={row.nextStepAt} /> },
      { id: 'about', header: '', hidden: true, cell: (row) => <span>{row.company?.name ?? ''}{row.channel === null ? '' : ` · ${row.channel.name}`}</span> },
    ]
  }, [t, words, now])
}
