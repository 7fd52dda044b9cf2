import { Bar, CartesianGrid, ComposedChart, ErrorBar, Legend, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { BandChartProps } from './chart'

const FONT = { fontSize: 12, fontFamily: 'var(--font)' }
const TICK = { ...FONT, fill: 'var(--muted)' }

/** Four or five steps of 1, 2, 2.5 or 5 times a power of ten that reach over the highest value. */
function ticksUpTo(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power * 4.9 >= most) ?? 10) * power
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step)
}

/** Bars on top of each other, and a line from low to high over their sum. */
export function BandBars({ series, points, band, format = String, height = 240 }: BandChartProps) {
  const rows = points.map(({ key, label, values }) => {
    const total = values[band.total] ?? 0
    return { key, label, ...values, spread: [total - (values[band.low] ?? total), (values[band.high] ?? total) - total] }
  })
  const ticks = ticksUpTo(Math.max(1, ...points.map(({ values }) => values[band.high] ?? 0)))
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height: 240 }}>
      <ComposedChart data={rows} margin={{ top: 12, right: 8, bottom: 0, left: 0 }} accessibilityLayer barCategoryGap="28%">
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={TICK} tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} minTickGap={12} tickMargin={6} />
        <YAxis tick={TICK} tickLine={false} axisLine={false} width={56} tickFormatter={format} domain={[0, ticks.at(-1) ?? 1]} ticks={ticks} />
        <Tooltip
          isAnimationActive={false} cursor={{ fill: 'var(--hover)' }} formatter={(value) => (typeof value === 'number' ? format(value) : String(value))}
          contentStyle={{ ...FONT, background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 6, boxShadow: 'var(--shadow)', color: 'var(--text)', padding: '6px 10px' }}
          itemStyle={{ color: 'var(--text)', padding: 0 }} labelStyle={{ color: 'var(--muted)' }}
        />
        <Legend verticalAlign="top" align="left" height={28} itemSorter={null} iconType="square" iconSize={10} formatter={(value) => <span style={{ ...FONT, color: 'var(--text-2)' }}>{String(value)}</span>} />
        {series.map(({ id, label, color = 'var(--ink)' }) => <Bar key={id} dataKey={id} name={label} stackId="sum" fill={color} maxBarSize={48} isAnimationActive={false} />)}
        <Line dataKey={band.total} name={`${band.lowLabel} – ${band.highLabel}`} stroke="var(--text-2)" strokeWidth={0} dot={false} activeDot={false} tooltipType="none" legendType="none" isAnimationActive={false}>
          <ErrorBar dataKey="spread" width={8} strokeWidth={1.5} stroke="var(--text-2)" direction="y" isAnimationActive={false} />
        </Line>
      </ComposedChart>
    </ResponsiveContainer>
  )
}
