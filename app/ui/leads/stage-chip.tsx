import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../primitives/chip'
import { useLeadWords } from './lead-words'
import type { LeadView } from './types'

const TONES: Record<LeadView['stage'], Tone> = { inquiry: 'neutral', qualified: 'neutral', graded: 'neutral', won: 'won', lost: 'lost' }

/** Where a lead stands, in one chip: junk before its stage. */
export function StageChip({ lead }: { lead: Pick<LeadView, 'stage' | 'verdict' | 'grade' | 'junkReason' | 'lostReason'> }) {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  if (lead.verdict === 'junk') return <Chip tone="lost" title={words.junk(lead.junkReason)}>{t('verdict.junk')}</Chip>
  const grade = lead.grade !== null && lead.stage === 'graded' ? ` ${lead.grade}` : ''
  return <Chip tone={TONES[lead.stage]} title={lead.stage === 'lost' ? words.lost(lead.lostReason) : undefined}>{t(`stage.${lead.stage}`)}{grade}</Chip>
}
