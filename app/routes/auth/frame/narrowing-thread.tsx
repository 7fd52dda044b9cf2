import { useTranslation } from 'react-i18next'

const STAGES = ['inquiry', 'qualified', 'graded', 'won'] as const
const AT = [36, 236, 436, 636] as const
const MIDDLE = 150
const STRANDS = 26
/** How many strands go on at each stage; the others peel away there. */
const GO_ON = [26, 12, 5, 2] as const
/** Half the height of the bundle at each stage. */
const SPREAD = [116, 52, 20, 4] as const

type Strand = { d: string; ends: number }

/** Where a strand runs at a stage; the same picture on server and in the browser. */
const heightAt = (strand: number, stage: number): number => {
  const among = GO_ON[stage] ?? 1
  const spread = SPREAD[stage] ?? 0
  return MIDDLE - spread + (2 * spread * (strand % among)) / Math.max(1, among - 1)
}

function strandOf(index: number): Strand {
  const ends = GO_ON.findLastIndex((many) => index < many)
  const points = AT.slice(0, ends + 1).map((x, stage) => [x, heightAt(index, stage)] as const)
  const [first = [0, MIDDLE] as const, ...rest] = points
  let [x, y] = first
  let d = `M0 ${(first[1] + ((index * 37) % 29) - 14).toFixed(1)} Q${x / 2} ${first[1].toFixed(1)} ${x} ${y.toFixed(1)}`
  for (const [nextX, nextY] of rest) {
    d += ` C${x + 90} ${y.toFixed(1)} ${nextX - 90} ${nextY.toFixed(1)} ${nextX} ${nextY.toFixed(1)}`
    x = nextX
    y = nextY
  }
  return { d: ends === 3 ? `${d} C690 ${y.toFixed(1)} 690 ${MIDDLE} 728 ${MIDDLE}` : `${d} q70 0 118 ${74 + ((index * 53) % 60)}`, ends }
}

const STRANDS_DRAWN: readonly Strand[] = Array.from({ length: STRANDS }, (_, index) => strandOf(index))

/** The funnel as a thread: many loose strands, fewer at every stage, one knot at the end. */
export function NarrowingThread() {
  const { t } = useTranslation('auth')
  return (
    <svg viewBox="0 0 760 330" className="w-full max-w-[46rem]" role="img" aria-label={STAGES.map((stage) => t(`frame.stage.${stage}`)).join(' → ')}>
      {AT.map((x, stage) => (
        <g key={x}>
          <line x1={x} x2={x} y1={16} y2={284} stroke="var(--line)" />
          <text x={x} y={312} textAnchor={stage === 0 ? 'start' : 'middle'} fontSize={13} fill="var(--muted)">
            {t(`frame.stage.${STAGES[stage] ?? 'inquiry'}`)}
          </text>
        </g>
      ))}
      <defs>
        {[0, 1, 2].map((stage) => (
          <linearGradient key={stage} id={`peel-${stage}`} gradientUnits="userSpaceOnUse" x1={AT[stage]} x2={(AT[stage] ?? 0) + 110} y1="0" y2="0">
            <stop offset="0" stopColor="var(--ink)" stopOpacity={0.34 + stage * 0.12} />
            <stop offset="1" stopColor="var(--ink)" stopOpacity="0" />
          </linearGradient>
        ))}
      </defs>
      <g fill="none" strokeLinecap="round">
        {STRANDS_DRAWN.map(({ d, ends }) => (
          <path key={d} d={d} stroke={ends === 3 ? 'var(--ink)' : `url(#peel-${ends})`} strokeWidth={ends === 3 ? 1.8 : 1.1} />
        ))}
        <circle cx={734} cy={MIDDLE} r={6} stroke="var(--accent)" strokeWidth={2.2} fill="var(--bg)" />
      </g>
    </svg>
  )
}
