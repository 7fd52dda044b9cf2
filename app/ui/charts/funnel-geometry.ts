import type { FunnelStage } from './funnel-types'

/** The drawing's own units; the page stretches x, never y. */
export const WIDTH = 1208
export const HEIGHT = 300
export const STAGE_X = [208, 496, 784, 1072] as const
const [MIDDLE, FULL, TOP_HAIR] = [136, 224, 0.6]
/** How far what ripens reaches to the right. */
const PILL = 126

export type StageShape = {
  x: number
  top: number
  bottom: number
  ripening: { path: string; height: number } | null
  forward: string | null
  lost: string | null
  /** where the label of what was lost stands */
  lostX: number
  /** top of the label of the rate: above the band, the period before, and the next stage's own label */
  rateY: number
}

const round = (value: number) => Math.round(value * 10) / 10

/** From inquiry on, height is to scale: the tallest of this period and the one before fills the drawing. */
export function heightScale(stages: readonly FunnelStage[]): (count: number) => number {
  const most = Math.max(1, ...stages.flatMap(({ count, previous }) => [count, previous ?? 0]))
  return (count) => (count <= 0 ? 0 : Math.max(TOP_HAIR, (count / most) * FULL))
}

export function stageShapes(stages: readonly FunnelStage[]): StageShape[] {
  const scale = heightScale(stages)
  const spans = stages.map(({ count }) => ({ top: MIDDLE - scale(count) / 2, bottom: MIDDLE + scale(count) / 2 }))
  return stages.map((stage, index) => shapeOf(stage, stages[index + 1], index, spans, scale))
}

type Span = { top: number; bottom: number }

function shapeOf(stage: FunnelStage, following: FunnelStage | undefined, index: number, spans: readonly Span[], scale: (count: number) => number): StageShape {
  const x = STAGE_X[index] ?? WIDTH
  const { top, bottom } = spans[index] ?? { top: MIDDLE, bottom: MIDDLE }
  const next = spans[index + 1]
  const nextX = STAGE_X[index + 1] ?? WIDTH
  const ripe = scale(stage.ripening?.count ?? 0)
  const moved = next === undefined ? bottom - top : Math.min(next.bottom - next.top, bottom - top - ripe)
  const from = { top: top + (next === undefined ? 0 : ripe), bottom: top + (next === undefined ? 0 : ripe) + moved }
  const gone = Math.max(0, bottom - from.bottom)
  return {
    x,
    top,
    bottom,
    ripening: next === undefined || ripe === 0 ? null : { path: pill(x, top, ripe), height: ripe },
    forward: bottom - top === 0 ? null : next === undefined ? `M${x} ${round(top)}H${WIDTH}V${round(bottom)}H${x}Z` : band(x, from, nextX, next, ripe > 0),
    lost: next === undefined || gone < TOP_HAIR ? null : peel(x, from.bottom, bottom, gone),
    lostX: Math.min(x + 128 + gone * 0.68, nextX - 60),
    rateY: next === undefined ? 0 : Math.max(0, rateTop(stage, following, from.top, next.top, scale) - 42),
  }
}

function rateTop(stage: FunnelStage, next: FunnelStage | undefined, from: number, to: number, scale: (count: number) => number): number {
  // Where the band rises, the label clears the next stage, which it may reach: labels keep their width while the page narrows.
  const halfway = (a: number, b: number) => (b < a ? b : a + (b - a) * 0.45)
  const before = stage.previous === undefined || next?.previous === undefined ? HEIGHT : halfway(MIDDLE - scale(stage.previous) / 2, MIDDLE - scale(next.previous) / 2)
  const label = (next?.ripening?.count ?? 0) > 0 ? to - 22 : HEIGHT
  return Math.min(halfway(from, to), before, label)
}

/** What goes on, narrowing in an S to the next stage; it stays level until it is past what ripens above it. */
function band(x: number, from: Span, nextX: number, to: Span, isUnderPill: boolean): string {
  const start = isUnderPill ? x + PILL + 4 : x
  const mid = (start + nextX) / 2
  return `M${x} ${round(from.top)}H${start}C${mid} ${round(from.top)} ${mid} ${round(to.top)} ${nextX} ${round(to.top)}V${round(to.bottom)}C${mid} ${round(to.bottom)} ${mid} ${round(from.bottom)} ${start} ${round(from.bottom)}H${x}Z`
}

/** Still ripening: a short tail with a soft end. */
function pill(x: number, top: number, height: number): string {
  const [mid, end] = [round(top + height / 2), round(top + height)]
  const [shoulder, tip] = [x + PILL - 20, x + PILL]
  return `M${x} ${round(top)}H${shoulder}C${x + PILL - 8} ${round(top)} ${tip} ${mid} ${tip} ${mid}C${tip} ${mid} ${x + PILL - 8} ${end} ${shoulder} ${end}H${x}Z`
}

/** Lost: peels away below and fades. */
function peel(x: number, top: number, bottom: number, gone: number): string {
  const floor = HEIGHT + 6
  const left = round(x + 80 + gone * 0.08)
  const right = round(left + gone * 0.6 + 34)
  const drop = floor - top
  return `M${x} ${round(top)}C${x + 70} ${round(top + 4)} ${round(right - 14 - gone * 0.3)} ${round(top + drop * 0.3)} ${right} ${floor}L${left} ${floor}C${round(left - 6)} ${round(bottom + (floor - bottom) * 0.3)} ${x + 42} ${round(bottom)} ${x} ${round(bottom)}Z`
}

/** Top and bottom edge of the period before; null unless every stage has it. */
export function previousEdges(stages: readonly FunnelStage[]): string | null {
  const counts = stages.map(({ previous }) => previous)
  if (counts.some((count) => count === undefined)) return null
  const scale = heightScale(stages)
  const edge = (side: 1 | -1) =>
    counts
      .map((count, index) => {
        const [x, y] = [STAGE_X[index] ?? WIDTH, round(MIDDLE + (side * scale(count ?? 0)) / 2)]
        if (index === 0) return `M${x} ${y}`
        const before = STAGE_X[index - 1] ?? 0
        const [mid, y0] = [(before + x) / 2, round(MIDDLE + (side * scale(counts[index - 1] ?? 0)) / 2)]
        return `C${mid} ${y0} ${mid} ${y} ${x} ${y}`
      })
      .join('') + `H${WIDTH}`
  return edge(-1) + edge(1)
}

/** Loose fibres running into the first stage: not to scale, and the same on every render. */
export function fibres(top: number, bottom: number): string[] {
  const count = 34
  return Array.from({ length: count }, (_, index) => {
    const noise = (salt: number) => Math.abs(Math.sin((index + 1) * 12.9898 + salt * 78.233) * 43758.5453) % 1
    const start = 5 + (index / (count - 1)) * 258 + noise(1) * 5
    const end = top + 2 + (index / (count - 1)) * Math.max(0, bottom - top - 4)
    const bend = start + (noise(2) - 0.5) * 20
    return `M0 ${round(start)}C${round(62 + noise(3) * 48)} ${round(bend)} ${round(110 + noise(4) * 20)} ${round(end)} 208 ${round(end)}`
  })
}
