import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { scoreGroups, type ScoreGroup } from '~/domain/scoring/vocabulary'
import { useFormat } from '~/ui/use-format'
import { isDeed } from './score-words'
import { useScoreWords, type Score } from './use-score-words'

/** Every line that counts, with its points now: they add up to the sums above them. */
export function ScoreLines({ score, now }: { score: Score; now: Date }) {
  const { t } = useTranslation('score')
  const format = useFormat()
  const { machine, unsure } = score.notCounted
  const left = [machine > 0 ? t('byMachine', { count: machine }) : null, unsure > 0 ? t('unsure', { count: unsure }) : null].filter((part) => part !== null)
  return (
    <>
      <details className="sc-more">
        <summary>{t('why', { count: score.lines.length, total: format.number(score.total) })}</summary>
        {scoreGroups.map((group) => <Group key={group} group={group} score={score} now={now} />)}
        {score.paused.length > 0 && <p className="text-12 text-muted">{t('paused', { count: score.paused.length })}</p>}
      </details>
      {left.length > 0 && <p className="text-12 text-muted mt-2">{t('notCounted', { parts: left.join(t('and')) })}</p>}
    </>
  )
}

function Group({ group, score, now }: { group: ScoreGroup; score: Score; now: Date }) {
  const { t } = useTranslation('score')
  const format = useFormat()
  const { said } = useScoreWords()
  const lines = score.lines.filter((line) => line.group === group)
  return (
    <table className="sc-lines">
      <caption>{t(`group.${group}`)} <b className="tn">{format.number(score[group])}</b></caption>
      <thead className="sr"><tr><th scope="col">{t('col.what')}</th><th scope="col">{t('col.at')}</th><th scope="col">{t('col.points')}</th></tr></thead>
      <tbody>
        {lines.length === 0 && <tr><td colSpan={3} className="text-muted">{t('noLines')}</td></tr>}
        {lines.map((line) => {
          const terms = [
            line.halfLifeDays === null ? null : t('half', { count: line.halfLifeDays }), line.expiresAt === null ? null : t('ends', { when: format.date(line.expiresAt, 'day-year') }),
            line.worth === line.points ? null : t('was', { points: format.signed(line.points) }),
          ].filter((part) => part !== null)
          return (
            <tr key={line.id}>
              <td>{said(line)}{terms.length > 0 && <span className="sc-terms">{terms.join(' · ')}</span>}</td>
              <td className="tn">{isDeed(line) && <time dateTime={line.at.toISOString()} title={format.date(line.at, 'moment')}>{format.relative(line.at, now)}</time>}</td>
              <td className="tn">{format.signed(line.worth)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Where it stood before. "Why then" shows the lines of that moment. */
export function ScoreHistory({ score, leadId }: { score: Score; leadId: string }) {
  const { t } = useTranslation('score')
  const format = useFormat()
  if (score.history.length < 2) return null
  return (
    <details className="sc-more">
      <summary>{t('history')}</summary>
      <ul className="sc-list">
        {score.history.map(({ at, fit, interest, cell }) => (
          <li key={at.toISOString()}>
            <span className="tn">{t('historyLine', { cell: cell ?? t('noCell'), when: format.date(at, 'moment'), fit: format.number(fit), interest: format.number(interest) })}</span>{' '}
            <Link className="lnk" to={`/leads/${leadId}?asOf=${encodeURIComponent(at.toISOString())}#score`} preventScrollReset>{t('see')}<span className="sr">: {format.date(at, 'moment')}</span></Link>
          </li>
        ))}
      </ul>
    </details>
  )
}
