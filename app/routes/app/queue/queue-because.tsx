import { useTranslation } from 'react-i18next'
import type { QueueWhyView } from '~/ui/leads/types'
import { useFormat } from '~/ui/use-format'
import { useQueueWords } from './queue-words'

/** Why this one is next: the number, its factors, and the sum as anybody can do it again. */
export function QueueBecause({ why, now }: { why: QueueWhyView; now: Date }) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const words = useQueueWords(now)
  const { factors: f } = why
  const share = (value: number) => format.percent(value, value < 0.1 ? 1 : 0)
  const amount = why.currency === null ? t('because.one') : format.money(Math.round(f.amount), why.currency, { whole: true })
  const rate = f.losing + f.left * (f.callback + f.sla)
  const inCell = f.chanceFrom.cell ?? null
  const lines: [string, string, string][] = [
    [t('because.amount'), amount, t(`because.from.${f.amountFrom}`)],
    [t('because.chance'), share(f.chance), [f.chanceFrom.of === 0 ? t('because.assumed') : t('because.ownHistory', { won: format.number(f.chanceFrom.won), of: format.number(f.chanceFrom.of) }), ...(inCell === null ? [] : [t(inCell.of === 0 ? 'because.inCellAssumed' : 'because.inCell', { cell: inCell.cell, odds: format.number(inCell.odds, 2), won: format.number(inCell.won), of: format.number(inCell.of) })])].join(t('because.and'))],
    ...(f.attempts === 0 ? [] : [[t('because.attempts'), `× ${format.number(f.attemptsLeave, 2)}`, t('because.attemptsWhy', { count: f.attempts })] as [string, string, string]]),
    [t('because.rate'), t('perHour', { value: share(rate) }), [
      f.waitedMs === null ? t('because.inContact') : t('because.waited', { duration: format.duration(f.waitedMs / 1000), left: share(f.left) }),
      ...(f.callback > 0 ? [t(f.attempts > 0 ? 'because.retryDue' : 'because.callbackDue')] : []), ...(f.sla > 0 ? [t('because.slaPresses')] : []),
    ].join(' ')],
  ]
  return (
    <details className="q-because">
      <summary>{t('because.title')} <b className="tn">{words.lost(why)}</b></summary>
      <dl>{lines.map(([name, value, about]) => <div key={name}><dt>{name}</dt><dd className="tn">{value}</dd><dd>{about}</dd></div>)}</dl>
      <p className="tn">{[amount, share(f.chance), ...(f.attempts === 0 ? [] : [format.number(f.attemptsLeave, 2)]), t('perHour', { value: share(rate) })].join(' × ')} = {words.lost(why)}</p>
      <p>{t('because.valued', { when: format.date(why.valuedAt, 'moment') })}{why.restsUntil === null ? '' : ` ${t('because.asOf', { when: format.date(why.restsUntil, 'moment') })}`}</p>
    </details>
  )
}
