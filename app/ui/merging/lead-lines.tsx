import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { StageChip } from '../leads/stage-chip'
import { ChannelDot } from '../primitives/channel-dot'
import { Moment } from '../primitives/numbers'
import type { LeadRowView } from './types'

/** One lead in a line: where it stands, of what, from where, whose. */
export function LeadLine({ lead }: { lead: LeadRowView }) {
  const { t } = useTranslation('merging')
  const { t: leads } = useTranslation('leads')
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      <StageChip lead={lead} />
      <Link className="lnk" to={`/leads/${lead.id}`}>{lead.productLine.name}</Link>
      <ChannelDot kind={lead.channel?.kind ?? null}>{lead.channel?.name ?? leads('list.noChannel')}</ChannelDot>
      <span className="text-muted"><Moment at={lead.cameInAt} style="day" /></span>
      <span className="text-muted">{lead.owner === null ? leads('list.nobody') : t('ownedBy', { name: lead.owner.name })}</span>
    </span>
  )
}

export function LeadLines({ leads, empty }: { leads: readonly LeadRowView[]; empty: string }) {
  if (leads.length === 0) return <p className="text-13 text-muted">{empty}</p>
  return <ul className="flex flex-col gap-2">{leads.map((lead) => <li key={lead.id}><LeadLine lead={lead} /></li>)}</ul>
}
