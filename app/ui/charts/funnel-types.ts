export type FunnelStageId = 'inquiry' | 'qualified' | 'graded' | 'won'

export type FunnelStage = {
  id: FunnelStageId
  count: number
  /** the leads behind the number */
  href?: string
  /** second line of the heading: "valid of 786 leads, was 571" */
  note?: string
  ripening?: { count: number; href?: string }
  lost?: { count: number; href?: string; note?: string }
  /** the same stage in the period before */
  previous?: number
  /** under the rate to the next stage: "median 3 d, P90 11 d" */
  toNextNote?: string
}

export type FunnelThreadProps = {
  /** inquiry, qualified, graded, won, in this order */
  stages: readonly FunnelStage[]
  exposure?: { count: number | null; href?: string; note?: string }
  /** what won should be once the young leads are ripe */
  expectedWon?: number
}
