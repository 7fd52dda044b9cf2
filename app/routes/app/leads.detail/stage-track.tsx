import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import CircleX from 'lucide-react/icons/circle-x'
import { useTranslation } from 'react-i18next'
import { reachable } from '~/domain/leads/vocabulary'
import { useLeadWords } from '~/ui/leads/lead-words'
import { Chip } from '~/ui/primitives/chip'
import { Money } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'

/** The four stages with the day each was entered; lost stands where the lead died. */
export function StageTrack({ lead }: { lead: LeadPageData['lead'] }) {
  const { t } = useTranslation('leads')
  const format = useFormat()
  const words = useLeadWords()
  const { state } = lead
  const entered = { inquiry: lead.cameInAt, qualified: state.qualifiedAt, graded: state.gradedAt, won: state.wonAt }
  const standing = state.stage === 'lost' ? (state.lostFrom ?? 'inquiry') : state.stage
  const place = reachable.findIndex((stage) => stage === standing)
  return (
    <section aria-label={t('detail.stage')} className="ld-track-box">
      <ol className="ld-track">
        {reachable.map((stage, index) => (
          <li key={stage} className={clsx(index <= place && 'ld-past', index === place && 'ld-here', state.stage === 'lost' && index === place && 'ld-lost')} aria-current={index === place ? 'step' : undefined}>
            <span className="ld-dot">{state.stage === 'lost' && index === place ? <CircleX className="i" aria-hidden="true" /> : entered[stage] !== null && <Check className="i-s" aria-hidden="true" />}</span>
            <b>{t(`stage.${stage}`)}</b>
            <small>{format.date(entered[stage], 'day-year')}</small>
          </li>
        ))}
      </ol>
      <p className="ld-state">
        {state.stage === 'lost' && <Chip tone="lost">{t('stage.lost')}: {words.lost(state.lostReason)}</Chip>}
        {lead.verdict === 'junk' && <Chip tone="lost">{t('verdict.junk')}: {words.junk(lead.junkReason)}</Chip>}
        {state.grade !== null && <Chip>{t(`grade.${state.grade}`)}</Chip>}
        {state.wonAmount !== null && state.wonCurrency !== null && <span>{t('detail.wonAmount')} <b><Money minor={state.wonAmount} currency={state.wonCurrency} /></b></span>}
        {state.wonAmount === null && state.expectedAmount !== null && state.expectedCurrency !== null && (
          <span>{t('detail.expected')} <b><Money minor={state.expectedAmount} currency={state.expectedCurrency} /></b>{state.expectedMonth !== null && <span className="text-muted"> · {format.day(`${state.expectedMonth}-01`, 'month')}</span>}</span>
        )}
        {state.isImported && <Chip>{t('detail.imported')}</Chip>}
        {lead.ofCustomer && <Chip>{t('detail.customer')}</Chip>}
        {lead.isSeparate && <Chip>{t('detail.separate')}</Chip>}
      </p>
    </section>
  )
}
