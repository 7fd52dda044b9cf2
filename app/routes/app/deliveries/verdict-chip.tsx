import { useTranslation } from 'react-i18next'
import type { DeliveryVerdict } from '~/domain/capture/vocabulary'
import { Chip, type Tone } from '~/ui/primitives/chip'

const tones: Record<DeliveryVerdict, Tone> = { stored: 'neutral', processed: 'won', duplicate: 'neutral', test: 'neutral', unreadable: 'breach', rejected: 'lost' }

export function VerdictChip({ verdict }: { verdict: DeliveryVerdict }) {
  const { t } = useTranslation('sources')
  return <Chip tone={tones[verdict]}>{t(`verdict.${verdict}`)}</Chip>
}
