import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export const CHANNEL_KINDS = ['paid', 'content', 'event', 'referral', 'partner', 'outbound', 'direct'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

export function channelColor(kind: string | null | undefined): string {
  return CHANNEL_KINDS.some((known) => known === kind) ? `var(--ch-${kind})` : 'var(--ch-direct)'
}

/** The colour of a channel's kind, the same on every page, always beside its name. No kind: hollow. */
export function ChannelDot({ kind, children, className }: { kind: string | null; children?: ReactNode; className?: string }) {
  const dot = <span className={clsx('dot', kind === null && 'dot-hollow')} style={kind === null ? undefined : { background: channelColor(kind) }} aria-hidden="true" />
  if (children === undefined) return dot
  return (
    <span className={clsx('inline-flex items-center gap-2', className)}>
      {dot}
      {children}
    </span>
  )
}
