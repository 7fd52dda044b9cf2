import { describe, expect, it } from 'vitest'
import { STAGE_X, stageShapes } from '~/ui/charts/funnel-geometry'
import type { FunnelStage } from '~/ui/charts/funnel-types'

const stages = (counts: readonly number[], open: readonly number[]): FunnelStage[] =>
  (['inquiry', 'qualified', 'graded', 'won'] as const).map((id, index) => ({ id, count: counts[index] ?? 0, ripening: { count: open[index] ?? 0 } }))

describe('the funnel drawing', () => {
  // 72 of 84 are still open: the band of the rest starts low and rises to the middle.
  const shapes = stageShapes(stages([84, 11, 2, 1], [72, 9, 1, 0]))

  it('lets no band rise before it is past what ripens above it', () => {
    for (const [index, { forward, ripening }] of shapes.slice(0, 3).entries()) {
      expect(ripening).not.toBeNull()
      const [, level, turn] = /^M\d+ ([\d.]+)H(\d+)C/.exec(forward ?? '') ?? []
      expect(Number(turn)).toBeGreaterThan((STAGE_X[index] ?? 0) + 126)
      expect(Number(level)).toBeCloseTo((shapes[index]?.top ?? 0) + (ripening?.height ?? 0), 0)
    }
  })

  it('keeps the label of a rate above both ends of its band', () => {
    for (const [index, { rateY }] of shapes.slice(0, 3).entries()) {
      const next = shapes[index + 1]
      expect(rateY + 42).toBeLessThanOrEqual(next?.top ?? 0)
    }
  })
})
