import { useTranslation } from 'react-i18next'
import { useFormat } from '~/ui/use-format'
import type { Sim } from './route'

type Side = Sim['published']

/** Both sets beside each other: given out, left in the pool, how even it is, and how soon an answer is likely. */
export function Sums({ sim }: { sim: Sim }) {
  const { t } = useTranslation('assignment')
  const format = useFormat()
  const given = (side: Side) => format.number(sim.arrivals - side.inPool)
  const rows: [string, string, (side: Side) => string][] = [
    [t('sim.given'), t('sim.givenHint'), given],
    [t('sim.inPool'), '', ({ inPool }) => format.number(inPool)],
    [t('sim.gini'), t('sim.giniHint'), ({ fairness }) => (fairness.gini === null ? '—' : format.number(fairness.gini, 2))],
    [t('sim.maxToMean'), t('sim.maxToMeanHint'), ({ fairness }) => (fairness.maxToMean === null ? '—' : format.number(fairness.maxToMean, 2))],
    [t('sim.answer'), t('sim.answerHint', { count: sim.published.expectedOf }), ({ expectedMinutes }) => (expectedMinutes === null ? '—' : format.duration(Math.round(expectedMinutes * 60)))],
  ]
  return (
    <table className="w-full max-w-[720px] text-13">
      <thead><tr className="border-b border-line text-left text-muted"><th className="py-2 font-normal">{t('sim.what')}</th><th className="py-2 text-right font-normal">{t('sim.now')}</th><th className="py-2 text-right font-normal">{t('sim.then')}</th></tr></thead>
      <tbody>
        {rows.map(([label, hint, value]) => (
          <tr key={label} className="border-b border-line">
            <th scope="row" className="py-2 pr-4 text-left font-normal">{label}{hint !== '' && <span className="block text-12 text-muted">{hint}</span>}</th>
            <td className="tn py-2 text-right">{value(sim.published)}</td>
            <td className="tn py-2 text-right">{sim.draft === null ? '—' : value(sim.draft)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
