import { Form } from '@remix-run/react'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { SubmitButton } from '~/ui/forms/form'
import type { ReportData } from './route'

const HORIZONS = [30, 60, 90, 180] as const
const OUTCOMES = ['won', 'qualified'] as const

/** Asks for a backtest: what counts as good, and within how many days. A learned card is asked what it was taught. */
export function TestForm({ card }: { card: ReportData['card'] }) {
  const { t } = useTranslation('scoring')
  const taught = card.lesson?.state === 'done' ? card.lesson : null
  const isFirst = card.test === 'none' || card.test === 'outdated'
  return (
    <Form method="post" action={`/scoring/${card.cardId}/backtests`} className={clsx('mb-5 flex flex-wrap gap-3 no-print', taught === null ? 'items-end' : 'items-center')}>
      {taught === null ? (
        <>
          <label className="field"><span className="field-label">{t('test.outcome')}</span><select name="outcome" defaultValue={card.report?.outcome ?? 'won'} className="input">{OUTCOMES.map((outcome) => <option key={outcome} value={outcome}>{t(`outcome.${outcome}`)}</option>)}</select></label>
          <label className="field"><span className="field-label">{t('test.horizon')}</span><select name="horizonDays" defaultValue={card.report?.horizonDays ?? 90} className="input">{HORIZONS.map((days) => <option key={days} value={days}>{t('learn.days', { count: days })}</option>)}</select></label>
        </>
      ) : <p className="text-13 text-text-2">{t('test.asTaught', { outcome: t(`outcome.${taught.outcome}`), days: taught.horizonDays })}</p>}
      <SubmitButton variant={isFirst ? 'next' : 'plain'}>{t(card.report === null ? 'test.run' : 'test.again')}</SubmitButton>
      {card.faults.length > 0 && <p className="field-error basis-full">{t('test.faulty', { count: card.faults.length })}</p>}
    </Form>
  )
}
