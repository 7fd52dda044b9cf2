import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../toast'

type Done = { done?: { readAt: Date; count: number } }

/** Marks everything as read, and offers to take it back. */
export function useReadAll(): () => void {
  const { t } = useTranslation('shell')
  const reading = useFetcher<Done>()
  const undoing = useFetcher()
  const told = useRef<Done>(undefined)
  useEffect(() => {
    const done = reading.data?.done
    if (reading.state !== 'idle' || done === undefined || told.current === reading.data) return
    told.current = reading.data
    if (done.count === 0) return
    const back = () => void undoing.submit({ readAt: new Date(done.readAt).toISOString() }, { method: 'post', action: '/notifications/unread' })
    void showToast({ text: t('bell.read', { count: done.count }), undo: { onUndo: back } })
  }, [reading.state, reading.data, undoing, t])
  return () => void reading.submit({}, { method: 'post', action: '/notifications/read' })
}
