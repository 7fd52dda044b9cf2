/** Twelve weeks at a glance; the last point is marked. No values: a dotted line. */
export function Sparkline({ values, label, color = 'var(--ink)', width = 72, height = 20, dim }: { values: readonly (number | null)[]; label: string; color?: string; width?: number; height?: number; dim?: boolean }) {
  const known = values.filter((value): value is number => value !== null)
  const [low, high] = [Math.min(...known, 0), Math.max(...known, 1)]
  const x = (index: number) => 2 + (index / Math.max(1, values.length - 1)) * (width - 4)
  const y = (value: number) => height - 3 - ((value - low) / (high - low || 1)) * (height - 6)
  const points = values.map((value, index) => (value === null ? null : ([x(index), y(value)] as const)))
  const path = points.map((point, index) => (point === null ? '' : `${index === 0 || points[index - 1] === null ? 'M' : 'L'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`)).join('')
  const last = points.at(-1)
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="inline-block" opacity={dim === true ? 0.55 : undefined}>
      {known.length === 0 ? (
        <path d={`M2 ${height - 3}H${width - 2}`} stroke="var(--line-strong)" strokeDasharray="2 3" />
      ) : (
        <path d={path} fill="none" stroke={color} strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      )}
      {last !== null && last !== undefined && known.length > 0 && <circle cx={last[0]} cy={last[1]} r="2" fill={color} />}
    </svg>
  )
}
