import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type MeterProps = { value: number; max: number; label: string; tone?: 'won' | 'warn' | 'breach' | 'plain'; children?: ReactNode; className?: string }

const share = (value: number, max: number) => `${max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0}%`

/** How much of something there is: "21 done today" beside a short bar. */
export function Meter({ value, max, label, tone = 'won', children, className }: MeterProps) {
  return (
    <span className={clsx('meter', `meter-${tone}`, className)}>
      <span className="meter-track" role="meter" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
        <span className="meter-fill" style={{ width: share(value, max) }} />
      </span>
      {children}
    </span>
  )
}

/** How far a job is. Without `value` it only says that it runs. */
export function ProgressBar({ value, max = 100, label, children }: { value?: number; max?: number; label: string; children?: ReactNode }) {
  return (
    <span className="meter meter-plain">
      <span className={clsx('meter-track', value === undefined && 'skel')} role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
        {value !== undefined && <span className="meter-fill" style={{ width: share(value, max) }} />}
      </span>
      {children}
    </span>
  )
}
