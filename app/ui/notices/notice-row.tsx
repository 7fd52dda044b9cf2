import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import type { NoticeShown } from './types'

/** One notification: its sentence is the link. */
export function NoticeRow({ line, now, onOpen, children }: { line: NoticeShown; now: Date; onOpen?: () => void; children?: ReactNode }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const unread = line.readAt === null
  return (
    <li className="notice" data-kind={line.kind}>
      <span className={clsx('notice-dot', unread && 'is-unread')} aria-hidden="true" />
      <Link to={line.href} onClick={onOpen} className={clsx('notice-text', unread && 'font-medium')}>
        {unread && <span className="sr">{t('bell.isUnread')}: </span>}
        {line.text}
        <time className="notice-time tn" dateTime={new Date(line.madeAt).toISOString()} title={format.date(line.madeAt, 'full')}>{format.relative(line.madeAt, now)}</time>
      </Link>
      {children}
    </li>
  )
}
