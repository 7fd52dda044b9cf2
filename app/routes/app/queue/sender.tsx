import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Answer } from '~/ui/leads/types'

export type Sending = { key: string; action: string; fields: Record<string, string>; onAnswer: (answer: Answer) => void }

/** Posts once and reports what came back: the page has gone on meanwhile. */
export function Sender({ sending, onSettled }: { sending: Sending; onSettled: (key: string) => void }) {
  const fetcher = useFetcher<Answer>()
  const sent = useRef(false)
  const told = useRef(false)
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
