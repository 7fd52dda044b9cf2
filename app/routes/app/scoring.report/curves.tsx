import { useTranslation } from 'react-i18next'
import { LineChart, type ChartPoint } from '~/ui/charts/chart'
import { useFormat } from '~/ui/use-format'
import type { Report } from './route'

/** Two pictures: whether chances hold what they promise, and how much is found by calling so many. Each has its table. */
export function Curves({ report: { curve, deciles, outcome, quality, calibration } }: { report: Report }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const percent = (value: number) => format.percent(value, 0)
  const all = deciles.reduce((sum, { positives }) => sum + positives, 0)
  const rows = deciles.reduce((sum, each) => sum + each.rows, 0)
  const capture: ChartPoint[] = [{ key: '0', label: percent(0), values: { found: 0, chance: 0 } }]
  let [found, called] = [0, 0]
  for (const [at, each] of deciles.entries()) {
    found += each.positives
    called += each.rows
    capture.push({ key: String(at + 1), label: percent((at + 1) / 10), values: { found: all === 0 ? null : found / all, chance: rows === 0 ? null : called / rows } })
  }
  const held: ChartPoint[] = curve.map(({ from, predicted, actual, low, high }) => ({ key: String(from), label: format.percent(predicted, 0), values: { actual, predicted, low, high } }))
  return (
    <section className="sc-curves border-t border-line py-5">
      <LineChart title={t('capture.title')} across={t('capture.across')} format={percent} points={capture}
        summary={t('capture.say', { fifth: percent(quality?.capture_20 ?? 0), half: percent(quality?.capture_50 ?? 0), outcome: t(`found.${outcome}`) })}
        series={[{ id: 'found', label: t('capture.found') }, { id: 'chance', label: t('capture.chance'), dashed: true }]} />
      {held.length > 1 ? (
        <LineChart title={t('curve.title')} across={t('curve.across')} format={(value) => format.percent(value, 1)} points={held} summary={t('curve.say', { ece: format.percent(quality?.ece ?? null, 1) })}
          series={[{ id: 'actual', label: t('curve.actual') }, { id: 'predicted', label: t('curve.predicted'), dashed: true }, { id: 'low', label: t('curve.low'), dashed: true, color: 'var(--line-strong)' }, { id: 'high', label: t('curve.high'), dashed: true, color: 'var(--line-strong)' }]} />
      ) : <p className="text-13 text-muted">{t(calibration === null ? 'curve.none' : 'curve.flat')}</p>}
    </section>
  )
}
