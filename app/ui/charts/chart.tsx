import { lazy, Suspense, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientOnly } from '../primitives/client-only'
import { Skeleton } from '../primitives/skeleton'
import { NO_VALUE } from '~/i18n/format'

export type Series = { id: string; label: string; color?: string; /** the period before */ dashed?: boolean }
export type ChartPoint = { key: string; label: string; values: Readonly<Record<string, number | null>> }

export type ChartProps = {
  title: string
  /** one true sentence about it, read by everybody */
  summary: string
  /** at most six, labelled where they end */
  series: readonly Series[]
  points: readonly ChartPoint[]
  format?: (value: number) => string
  height?: number
  aside?: ReactNode
  /** what the points are, over their column; periods if not said */
  across?: string
}

const LazyLines = lazy(() => import('./chart.parts').then(({ Lines }) => ({ default: Lines })))
const LazyBars = lazy(() => import('./chart.parts').then(({ Bars }) => ({ default: Bars })))

export function LineChart(props: ChartProps) {
  return <Figure {...props} draw={() => <LazyLines {...props} />} />
}

export function BarChart(props: ChartProps) {
  return <Figure {...props} draw={() => <LazyBars {...props} />} />
}

/** Values that are parts of one, with a range around their sum: `band` names the points' values for it. */
export type BandChartProps = ChartProps & { band: { low: string; high: string; total: string; lowLabel: string; highLabel: string } }
const LazyBand = lazy(() => import('./band-chart.parts').then(({ BandBars }) => ({ default: BandBars })))

export function BandChart(props: BandChartProps) {
  const { series, band } = props
  const told = [...series, { id: band.low, label: band.lowLabel }, { id: band.high, label: band.highLabel }]
  return <Figure {...props} series={told} draw={() => <LazyBand {...props} />} />
}

/** recharts draws nothing on a server: the box keeps its height and the numbers stand in a table below. */
function Figure({ title, summary, series, points, format = String, height = 240, aside, across, draw }: ChartProps & { draw: () => ReactNode }) {
  const { t } = useTranslation()
  const waiting = <Skeleton height={height} />
  return (
    <figure>
      <figcaption>
        <span className="chart-title">
          {title}
          {aside !== undefined && <small>{aside}</small>}
        </span>
        <span className="chart-say mb-2 block">{summary}</span>
      </figcaption>
      <div className="chart-box" style={{ height }}>
        <ClientOnly fallback={waiting}>{() => <Suspense fallback={waiting}>{draw()}</Suspense>}</ClientOnly>
      </div>
      <details className="chart-data">
        <summary>{t('chart.showData')}</summary>
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{across ?? t('chart.period')}</th>
              {series.map(({ id, label }) => <th key={id} scope="col" className="num">{label}</th>)}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.key}>
                <th scope="row">{point.label}</th>
                {series.map(({ id }) => {
                  const value = point.values[id]
                  return <td key={id} className="num">{value === null || value === undefined ? NO_VALUE : format(value)}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
