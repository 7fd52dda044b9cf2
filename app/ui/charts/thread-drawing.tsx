import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { fibres, HEIGHT, heightScale, previousEdges, STAGE_X, WIDTH, type StageShape } from './funnel-geometry'
import type { FunnelStage } from './funnel-types'

// Ink grows denser as the thread narrows.
const DENSITY = [0.55, 0.72, 0.86, 1]

type Drawing = { id: string; stages: readonly FunnelStage[]; shapes: readonly StageShape[]; withExposure: boolean; expectedWon?: number }

/** The picture alone, hidden from assistive technology: numbers and links stand beside it as text. */
export function ThreadDrawing({ id, stages, shapes, withExposure, expectedWon }: Drawing) {
  const [fade, lost, hatch] = [`${id}f`, `${id}l`, `${id}h`]
  const first = shapes[0]
  const won = shapes.at(-1)
  const before = previousEdges(stages)
  const more = expectedWon === undefined ? 0 : Math.max(0, expectedWon - (stages.at(-1)?.count ?? 0))
  return (
    <svg className="thread-svg" width="100%" height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <defs>
        <linearGradient id={fade}>
          <stop offset="0" stopColor="var(--ink)" stopOpacity=".12" />
          <stop offset="1" stopColor="var(--ink)" stopOpacity=".6" />
        </linearGradient>
        <linearGradient id={lost} gradientUnits="userSpaceOnUse" x1="0" y1="136" x2="0" y2="296">
          <stop offset="0" stopColor="var(--lost)" stopOpacity=".36" />
          <stop offset=".55" stopColor="var(--lost)" stopOpacity=".24" />
          <stop offset="1" stopColor="var(--lost)" stopOpacity="0" />
        </linearGradient>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.5" height="5" fill="var(--ink)" fillOpacity=".7" />
        </pattern>
      </defs>
      {withExposure && first !== undefined && fibres(first.top, first.bottom).map((path) => <path key={path} d={path} stroke={`url(#${fade})`} fill="none" vectorEffect="non-scaling-stroke" />)}
      {shapes.map((shape, index) => (
        <g key={shape.x}>
          {shape.lost !== null && <Area href={stages[index]?.lost?.href}><path d={shape.lost} fill={`url(#${lost})`} /></Area>}
          {shape.forward !== null && <Area href={stages[Math.min(index + 1, stages.length - 1)]?.href}><path d={shape.forward} fill="var(--ink)" fillOpacity={DENSITY[index]} /></Area>}
          {shape.ripening !== null && <Area href={stages[index]?.ripening?.href}><path d={shape.ripening.path} fill={`url(#${hatch})`} stroke="var(--ink)" strokeOpacity=".55" vectorEffect="non-scaling-stroke" /></Area>}
        </g>
      ))}
      {won !== undefined && more > 0 && <rect x={STAGE_X[3]} y={won.bottom} width={WIDTH - STAGE_X[3]} height={Math.max(2, heightScale(stages)(more))} fill={`url(#${hatch})`} stroke="var(--ink)" strokeOpacity=".55" vectorEffect="non-scaling-stroke" />}
      {before !== null && <path d={before} fill="none" stroke="var(--info)" strokeDasharray="3 4" vectorEffect="non-scaling-stroke" />}
      {shapes.map(({ x, top, bottom }) => (bottom > top ? <path key={x} d={`M${x} ${top}V${bottom}`} stroke="var(--text)" strokeWidth="2" vectorEffect="non-scaling-stroke" /> : null))}
    </svg>
  )
}

/** For the pointer only; the same link stands as text for keyboard and screen reader. */
function Area({ href, children }: { href: string | undefined; children: ReactNode }) {
  return href === undefined ? <>{children}</> : <Link to={href} tabIndex={-1}>{children}</Link>
}
