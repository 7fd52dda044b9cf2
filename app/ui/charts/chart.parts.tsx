import { Bar, BarChart as RechartsBars, CartesianGrid, LabelList, Line, LineChart as RechartsLines, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartPoint, ChartProps, Series } from './chart'

// Okabe and Ito's order, darkened: readable for colour-blind people, never vermilion.
const PALETTE = ['var(--ch-paid)', 'var(--ch-content)', 'var(--ch-referral)', 'var(--ch-event)', 'var(--ch-partner)', 'var(--ch-outbound)']

const FONT = { fontSize: 12, fontFamily: 'var(--font)' }
const TICK = { ...FONT, fill: 'var(--muted)' }
const color = (series: Series, index: number) => series.color ?? (series.dashed === true ? 'var(--info)' : PALETTE[index % PALETTE.length])
const rowsOf = (points: readonly ChartPoint[]) => points.map(({ key, label, values }) => ({ key, label, ...values }))
const START = { width: 640, height: 240 }

function axes(format: (value: number) => string) {
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="label" tick={TICK} tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} minTickGap={24} tickMargin={6} />
      <YAxis tick={TICK} tickLine={false} axisLine={false} width={48} tickFormatter={format} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)', fill: 'var(--hover)' }}
        formatter={(value) => (typeof value === 'number' ? format(value) : String(value))}
        contentStyle={{ ...FONT, background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 6, boxShadow: 'var(--shadow)', color: 'var(--text)', padding: '6px 10px' }}
        itemStyle={{ color: 'var(--text)', padding: 0 }}
        labelStyle={{ color: 'var(--muted)' }}
      />
    </>
  )
}

type EndLabelProps = { x?: number | string; y?: number | string; index?: number }

/** How far each label steps aside, so that lines ending together can both be read. */
function labelShifts(series: readonly Series[], points: readonly ChartPoint[], height: number): Map<string, number> {
  const most = Math.max(1, ...points.flatMap(({ values }) => Object.values(values).map((value) => value ?? 0)))
  const ends = series.map(({ id }) => ({ id, y: height - 38 - ((points.at(-1)?.values[id] ?? 0) / (most * 1.15)) * (height - 46) })).sort((a, b) => a.y - b.y)
  const shifts = new Map<string, number>()
  let floor = Number.NEGATIVE_INFINITY
  for (const { id, y } of ends) {
    const place = Math.max(y, floor + 15)
    shifts.set(id, place - y)
    floor = place
  }
  return shifts
}

function endLabel(text: string, last: number, shift: number) {
  return ({ x, y, index }: EndLabelProps) =>
    index === last ? (
      <text x={Number(x) + 8} y={Number(y) + 4 + shift} fontSize={12} fill="var(--text-2)">
        {text}
      </text>
    ) : null
}

export function Lines({ series, points, format = String, height = 240 }: ChartProps) {
  const last = points.length - 1
  const shifts = labelShifts(series, points, height)
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={START}>
      <RechartsLines data={rowsOf(points)} margin={{ top: 8, right: 96, bottom: 0, left: 0 }} accessibilityLayer>
        {axes(format)}
        {series.map((one, index) => (
          <Line key={one.id} dataKey={one.id} name={one.label} stroke={color(one, index)} strokeWidth={one.dashed === true ? 1 : 2} strokeDasharray={one.dashed === true ? '3 4' : undefined} dot={false} activeDot={{ r: 3 }} isAnimationActive={false}>
            <LabelList content={endLabel(one.label, last, shifts.get(one.id) ?? 0) as never} />
          </Line>
        ))}
      </RechartsLines>
    </ResponsiveContainer>
  )
}

export function Bars({ series, points, format = String, height = 240 }: ChartProps) {
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={START}>
      <RechartsBars data={rowsOf(points)} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer barCategoryGap="28%">
        {axes(format)}
        {series.map((one, index) => (
          <Bar key={one.id} dataKey={one.id} name={one.label} fill={one.color ?? (series.length === 1 ? 'var(--ink)' : color(one, index))} radius={[1, 1, 0, 0]} maxBarSize={40} isAnimationActive={false} />
        ))}
      </RechartsBars>
    </ResponsiveContainer>
  )
}
