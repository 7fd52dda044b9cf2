import Inbox from 'lucide-react/icons/inbox'
import ListFilter from 'lucide-react/icons/list-filter'
import Lock from 'lucide-react/icons/lock'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from './button'

export type EmptyKind = 'empty' | 'filtered' | 'refused' | 'failed'

const ICONS: Record<EmptyKind, LucideIcon> = { empty: Inbox, filtered: ListFilter, refused: Lock, failed: TriangleAlert }

export type EmptyStateProps = {
  kind: EmptyKind
  /** what appears here, or why not; a sentence per kind is the fallback */
  title?: string
  children?: ReactNode
  /** the one way out: a Button or LinkButton */
  action?: ReactNode
  /** filtered: where the same list without filters is */
  clearHref?: string
  /** failed: the id to quote */
  requestId?: string
}

export function EmptyState({ kind, title, children, action, clearHref, requestId }: EmptyStateProps) {
  const { t } = useTranslation()
  const Icon = ICONS[kind]
  const hint = kind === 'refused' ? t('empty.askAdmin') : kind === 'failed' ? t('empty.failedHint') : null
  return (
    <div className="empty" role={kind === 'failed' ? 'alert' : undefined}>
      <span className="empty-mark">
        <Icon className="i" aria-hidden="true" />
      </span>
      <p className="text-14 font-semibold">{title ?? t(`state.${kind}`)}</p>
      <p className="max-w-[44ch] text-13 text-muted">{children ?? hint}</p>
      {requestId !== undefined && <p className="text-12 text-faint tn">{t('empty.requestId', { id: requestId })}</p>}
      <div className="mt-4 flex gap-2">
        {action}
        {kind === 'filtered' && clearHref !== undefined && <LinkButton to={clearHref}>{t('empty.clearFilters')}</LinkButton>}
      </div>
    </div>
  )
}
