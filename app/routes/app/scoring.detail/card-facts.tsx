import { Form, Link } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { Moment } from '~/ui/primitives/numbers'
import { MissingData } from '~/ui/scoring/missing-data'
import { useLiveCard } from '~/ui/scoring/use-live-card'
import type { CardPage } from './route'

const refusals = ['stale', 'card-faulty', 'card-not-draft', 'card-not-retired', 'too-many', 'not-allowed'] as const

/** Where this card stands among the versions, and what may be done with it as a whole. */
export function CardFacts({ card, mayChange, refused }: { card: CardPage['card']; mayChange: boolean; refused: string | undefined }) {
  const { t } = useTranslation('scoring')
  useLiveCard(card.learning === 'running' || card.test === 'running')
  const known = refusals.find((code) => code === refused)
  const facts: ReactNode[] = [
    <Chip key="kind" icon={null}>{t(`kindOf.${card.kind}`)}</Chip>,
    card.isEdited && card.kind === 'learned' ? t('card.edited') : null,
    card.basedOn === null ? null : <span key="based">{t('card.basedOn')} <Link className="lnk" to={`/scoring/${card.basedOn.cardId}`}>{t('version', { version: card.basedOn.version })}</Link></span>,
    card.publishedAt === null ? <span key="changed">{t('card.changed')} <Moment at={card.changedAt} /></span> : <span key="published">{t('card.since')} <Moment at={card.publishedAt} style="day" />{card.publishedBy === null ? '' : ` · ${card.publishedBy}`}</span>,
    card.retiredAt === null ? null : <span key="retired">{t('card.until')} <Moment at={card.retiredAt} style="day" /></span>,
    card.createdBy === null ? null : t('card.by', { name: card.createdBy }),
  ].filter((fact) => fact !== null)
  return (
    <>
      {refused !== undefined && <p role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><span>{t(`refusal.${known ?? 'invalid'}`)}</span></p>}
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-13 text-text-2">
        {facts.map((fact, at) => <span key={at}>{fact}</span>)}
        {mayChange && (
          <span className="ml-auto flex flex-wrap gap-2 no-print">
            {card.state === 'retired' && <Form method="post" action={`/scoring/${card.cardId}/restoration`}><Button type="submit" size="s">{t('card.restore')}</Button></Form>}
            <Form method="post" action="/scoring"><input type="hidden" name="from" value={card.cardId} /><Button type="submit" size="s">{t('card.copy')}</Button></Form>
            {card.state === 'draft' && <Form method="post" action={`/scoring/${card.cardId}/removal`}><Button type="submit" size="s" variant="danger">{t('card.discard')}</Button></Form>}
          </span>
        )}
      </div>
      {card.state !== 'draft' && card.note !== null && <p className="mb-4 max-w-[80ch] text-13">{card.note}</p>}
      {card.learning === 'running' && <p role="status" className="text-13 text-text-2">{t('card.learningHint')}</p>}
      {card.lesson?.state === 'abstained' && <MissingData missing={card.lesson.missing} outcome={card.lesson.outcome} horizonDays={card.lesson.horizonDays} />}
    </>
  )
}
