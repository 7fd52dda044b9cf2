import { Link } from '@remix-run/react'
import BellIcon from 'lucide-react/icons/bell'
import { lazy, Suspense, useRef, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { BellState } from './use-bell'

const Panel = lazy(() => import('./bell-panel').then((parts) => ({ default: parts.BellPanel })))

/** How many notifications are unread; opens the newest. Without JavaScript a link to all of them. */
export function Bell({ unread, news, load }: BellState) {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    load()
    setOpen(!open)
  }
  return (
    <>
      <Link ref={link} to="/notifications" className="bell no-print" onClick={onClick} aria-haspopup="dialog" aria-expanded={open} aria-label={unread === 0 ? t('bell.title') : t('bell.unread', { count: unread })}>
        <BellIcon className="i" aria-hidden="true" />
        {unread > 0 && <span className="bell-count tn" aria-hidden="true">{unread > 99 ? '99+' : unread}</span>}
      </Link>
      <span className="sr" role="status">{unread === 0 ? '' : t('bell.unread', { count: unread })}</span>
      {open && (
        <Suspense fallback={null}>
          <Panel anchor={link} news={news} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
