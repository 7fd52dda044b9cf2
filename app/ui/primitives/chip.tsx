import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleX from 'lucide-react/icons/circle-x'
import Clock from 'lucide-react/icons/clock'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'won' | 'warn' | 'breach' | 'lost'

const MARKS: Partial<Record<Tone, LucideIcon>> = { won: Check, warn: Clock, breach: CircleAlert, lost: CircleX }

/** A few words about a state. A colour never stands alone: toned chips carry an icon. */
export function Chip({ tone = 'neutral', icon, children, className, title }: { tone?: Tone; icon?: LucideIcon | null; children: ReactNode; className?: string; title?: string }) {
  const Icon = icon === null ? undefined : (icon ?? MARKS[tone])
  return (
    <span className={clsx('chip', tone !== 'neutral' && `chip-${tone}`, className)} title={title}>
      {Icon !== undefined && <Icon className="i-s" aria-hidden="true" />}
      <span>{children}</span>
    </span>
  )
}

/** A count beside a name: neutral, tabular. */
export function Badge({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <span className="chip tn" aria-label={label}>
      {children}
    </span>
  )
}
