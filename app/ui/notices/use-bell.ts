import { useFetcher, useNavigate } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { keepListening, useLive } from '../live/use-live'
import { browserSays, mayNotify } from './browser-notices'
import type { NewsShown } from './types'

export type BellState = { unread: number; news: NewsShown | undefined; load: () => void }

/** What the bell knows: the page's count until the server has told more. */
export function useBell(unread: number): BellState & { hear: (noticeId: string | null) => void } {
  const fetcher = useFetcher<NewsShown>({ key: 'bell' })
  const navigate = useNavigate()
  const shown = useRef<string>(undefined)
  const show = fetcher.data?.show ?? null
  useEffect(() => {
    if (show === null || shown.current === `${show.tag} ${show.body}`) return
    shown.current = `${show.tag} ${show.body}`
    browserSays(show, (href) => void navigate(href))
  }, [show, navigate])
  const load = () => fetcher.load('/notifications/news')
  return { unread: fetcher.data?.unread ?? unread, news: fetcher.data, load, hear: (noticeId) => fetcher.load(`/notifications/news${noticeId === null ? '' : `?noticeId=${noticeId}`}`) }
}

/** Hears of one's own notifications while the page is open, and, where the browser may show them, while its tab is hidden. */
export function BellEar({ hear }: { hear: (noticeId: string | null) => void }) {
  useLive(({ kind, id }) => {
    if (kind === 'notice.told') hear(id)
    if (kind === 'reset') hear(null)
  })
  useEffect(() => {
    if (mayNotify()) keepListening()
  }, [])
  return null
}
