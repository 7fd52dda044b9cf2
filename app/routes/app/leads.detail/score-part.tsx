import { Link, useRevalidator } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useLive } from '~/ui/live/use-live'
import { ScoreCell } from '~/ui/primitives/score-cell'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'
import { ScoreHand, ScoreHandForm } from './score-hand'
import { ScoreHistory, ScoreLines } from './score-lines'
import { isDeed, tellingLines } from './score-words'
import { useScoreWords, type Score } from './use-score-words'

type Props = { data: LeadPageData }

/** Where the lead stands by its score, and why: a sentence, the sum, and below all lines that add up to it. */
export function ScorePart({ data }: Props) {
  const { t } = useTranslation('score')
  const revalidator = useRevalidator()
  const { score, lead } = data
  useLive(({ kind, id }) => { if (kind === 'lead.scored' && id === lead.id) revalidator.revalidate() })
  return (
    <section className="q-part" id="score" aria-labelledby="score-title">
      <h2 className="ld-h" id="score-title">{t('title')}</h2>
      {score === null ? <Unscored data={data} /> : score.objection !== null ? <Objected data={data} score={score} /> : <Scored data={data} score={score} />}
    </section>
  )
}

function Unscored({ data: { hasCard, isAsOf, lead } }: Props) {
  const { t } = useTranslation('score')
  if (isAsOf) return <p className="text-13 text-muted">{t('none.notThen')} <Link className="lnk" to={`/leads/${lead.id}#score`} preventScrollReset>{t('toNow')}</Link></p>
  return hasCard ? <p className="text-13 text-muted">{t('none.notYet')}</p> : <p className="text-13 text-muted">{t('none.noCard')} <Link className="lnk" to="/scoring">{t('none.toCards')}</Link></p>
}

function Objected({ data, score }: Props & { score: Score }) {
  const { t } = useTranslation('score')
  const { t: leads } = useTranslation('leads')
  const format = useFormat()
  const who = data.lead.people.find(({ id }) => id === score.objection?.personId)
  return (
    <>
      <p className="text-13">{t('none.objection', { name: who === undefined || who.name === '' ? leads('list.noName') : who.name, when: format.date(score.objection?.at ?? null, 'day-year') })}</p>
      {score.override !== null && <ScoreHand data={data} score={score} override={score.override} />}
      <Doors data={data} />
    </>
  )
}

function Scored({ data, score }: Props & { score: Score }) {
  const { t } = useTranslation('score')
  const format = useFormat()
  const { lead, isAsOf, now, mayWrite } = data
  const { would } = useScoreWords()
  const own = score.cell
  return (
    <>
      {isAsOf && <p className="ld-state mb-3">{t('asOf', { when: format.date(score.asOf, 'moment') })} <Link className="lnk" to={`/leads/${lead.id}#score`} preventScrollReset>{t('toNow')}</Link></p>}
      {score.override !== null && <ScoreHand data={data} score={score} override={score.override} />}
      <p className="sc-sum">
        {own !== null && <span className="sc-cell"><ScoreCell cell={own} size={28} /><b>{own}</b></span>}
        <span className="tn">{t('sum', { fit: format.number(score.fit), interest: format.number(score.interest), total: format.number(score.total) })}</span>
        <Link className="lnk" to={`/scoring/${score.card.id}`}>{t('card', { version: score.card.version })}</Link>
      </p>
      <p className="sc-said">{useSentence(score, now)}</p>
      {score.chance !== null && <p className="text-13 text-text-2">{chanceSaid(score.chance, score.card.outcome, t, format)}</p>}
      <ScoreLines score={score} now={now} />
      {score.counterfactuals.length > 1 && (
        <details className="sc-more">
          <summary>{t('ifTitle')}</summary>
          <ul className="sc-list">{score.counterfactuals.map((each) => <li key={`${each.line} ${each.way}`}>{would(each)}</li>)}</ul>
        </details>
      )}
      <ScoreHistory score={score} leadId={lead.id} />
      {mayWrite && lead.duplicateOf === null && !isAsOf && <ScoreHandForm data={data} score={score} />}
      <Doors data={data} />
    </>
  )
}

const Doors = ({ data: { lead } }: Props) => {
  const { t } = useTranslation('score')
  return <p className="mt-3"><Link className="btn btn-s" to={`/leads/${lead.id}/explanation`}>{t('explain.open')}</Link></p>
}

/** Fit and interest in words with what tells most of each, and the one change that would move it most. */
function useSentence(score: Score, now: Date): string {
  const { t } = useTranslation('score')
  const format = useFormat()
  const { said, would } = useScoreWords()
  const { cell } = score
  if (cell === null) return ''
  const [fit, interest] = [Math.floor(cell / 10) as 1, (cell % 10) as 1]
  const why = (what: string, reasons: string[]) => (reasons.length === 0 ? what : t('because', { what, why: reasons.join(t('and')) }))
  const sentence = t('sentence', {
    cell, fit: why(t(`fits.${fit}`), tellingLines(score.lines, 'fit').map(said)),
    interest: why(t(`shows.${interest}`), tellingLines(score.lines, 'interest').map((line) => (isDeed(line) ? t('when', { what: said(line), when: format.relative(line.at, now) }) : said(line)))),
  })
  const [first] = score.counterfactuals
  return first === undefined ? sentence : `${sentence}${format.locale === 'zh-CN' ? '' : ' '}${would(first)}`
}

/** A calibrated chance in words that nobody takes for a promise. */
function chanceSaid(chance: number, outcome: 'won' | 'qualified', t: ReturnType<typeof useTranslation<'score'>>['t'], format: ReturnType<typeof useFormat>): string {
  return chance >= 0.4 ? t(`chanceMost.${outcome}`, { percent: format.percent(chance, 0) }) : t(`chance.${outcome}`, { n: format.number(Math.max(1, Math.round(1 / Math.max(chance, 0.0001)))) })
}
