import { useBeforeUnload, useFetcher } from '@remix-run/react'
import { useCallback, useEffect, useRef } from 'react'
import type { Answer } from '~/ui/leads/types'

export type Sending = { key: string; action: string; fields: Record<string, string>; onAnswer: (answer: Answer) => void }

/** Posts once and reports what came back: the page has gone on meanwhile. */
export function Sender({ sending, onSettled }: { sending: Sending; onSettled: (key: string) => void }) {
  const fetcher = useFetcher<Answer>()
  const sent = useRef(false)
  const told = useRef(false)
  // The page says it is done before the server has: whoever leaves in between is asked, so that nothing is lost.
  useBeforeUnload(useCallback((event: BeforeUnloadEvent) => {
    if (!told.current) event.preventDefault()
  }, []))
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    if (!navigator.onLine) {
      told.current = true
      sending.onAnswer({ refusal: { code: 'failed', params: {} } })
      onSettled(sending.key)
      return
    }
    fetcher.submit(sending.fields, { method: 'post', action: sending.action })
  }, [fetcher, sending, onSettled])
  useEffect(() => {
    if (told.current || !sent.current || fetcher.state !== 'idle' || fetcher.data === undefined) return
    told.current = true
    sending.onAnswer(fetcher.data)
    onSettled(sending.key)
  }, [fetcher.state, fetcher.data, sending, onSettled])
  return null
}
