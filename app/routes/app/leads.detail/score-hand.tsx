import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { overrideReasons, ranks } from '~/domain/scoring/vocabulary'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import type { Answer } from '~/ui/leads/types'
import { Button } from '~/ui/primitives/button'
import { ScoreCell } from '~/ui/primitives/score-cell'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'
import type { Score } from './use-score-words'

type Props = { data: LeadPageData; score: Score }

/** A cell somebody set: beside the card's own, never in its place. */
export function ScoreHand({ data: { lead, mayWrite }, score, override }: Props & { override: NonNullable<Score['override']> }) {
  const { t } = useTranslation('score')
  const format = useFormat()
  const fetcher = useFetcher<Answer>()
  return (
    <div className="sc-hand">
      <ScoreCell cell={override.cell} size={28} />
      <p>
        <b>{t('hand.is', { cell: override.cell, name: override.by.name, when: format.date(override.at, 'day-year'), reason: t(`reason.${override.reason}`) })}</b>{' '}
        {override.until !== null && <>{t('hand.until', { when: format.date(new Date(override.until.getTime() - 1), 'day-year') })} </>}
        {score.cell === null ? t('hand.cardNone') : t('hand.card', { cell: score.cell })}
      </p>
      {mayWrite && lead.duplicateOf === null && (
        <fetcher.Form method="post" action={`/leads/${lead.id}/cell-ending`}>
          <Button type="submit" size="s" isPending={fetcher.state !== 'idle'}>{t('hand.end')}</Button>
        </fetcher.Form>
      )}
    </div>
  )
}

/** Sixteen cells to choose from, why, and until when. */
export function ScoreHandForm({ data: { lead, today }, score }: Props) {
  const { t } = useTranslation('score')
  const fetcher = useFetcher<Answer>()
  const box = useRef<HTMLDetailsElement>(null)
  const isDone = fetcher.state === 'idle' && fetcher.data?.done !== undefined
  useEffect(() => { if (isDone && box.current !== null) box.current.open = false }, [isDone])
  const chosen = score.effectiveCell ?? 11
  const refused = fetcher.state === 'idle' && fetcher.data !== undefined && fetcher.data.done === undefined ? (fetcher.data.refusal?.code ?? 'invalid') : null
  return (
    <details ref={box} className="sc-more">
      <summary>{t(score.override === null ? 'hand.set' : 'hand.again')}</summary>
      <fetcher.Form method="post" action={`/leads/${lead.id}/cell`} className="sc-form">
        <fieldset>
          <legend className="field-label">{t('hand.which')}</legend>
          <table className="sc-grid">
            <thead><tr><td />{ranks.map((interest) => <th key={interest} scope="col">{t('hand.interest', { n: interest })}</th>)}</tr></thead>
            <tbody>
              {ranks.map((fit) => (
                <tr key={fit}>
                  <th scope="row">{t('hand.fit', { n: fit })}</th>
                  {ranks.map((interest) => { const cell = fit * 10 + interest; return <td key={cell}><label><input type="radio" name="cell" value={cell} defaultChecked={cell === chosen} required /><span className="tn">{cell}</span></label></td> })}
                </tr>
              ))}
            </tbody>
          </table>
        </fieldset>
        <div className="sc-fields">
          <SelectRow label={t('hand.reason')} name="reason" defaultValue={overrideReasons[0]} choices={overrideReasons.map((value) => ({ value, label: t(`reason.${value}`) }))} />
          <PlainField label={t('hand.till')}>{(id) => <input id={id} type="date" name="until" min={today} className="input" />}</PlainField>
          <p className="text-12 text-muted">{t('hand.hint')}</p>
          {refused !== null && <p role="alert" className="text-12 text-breach">{t(`refused.${refused === 'not-scored' || refused === 'invalid' ? refused : 'failed'}`)}</p>}
          <div><Button type="submit" isPending={fetcher.state !== 'idle'}>{t('hand.save')}</Button></div>
        </div>
      </fetcher.Form>
    </details>
  )
}
