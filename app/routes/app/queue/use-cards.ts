import { useFetcher } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Step } from '~/ui/leads/outcome-pad'
import type { LeadCardView, QueueWhyView, TimelineView } from '~/ui/leads/types'

export type CardData = { detail: LeadCardView; timeline: TimelineView; why: QueueWhyView | null; place: { country: string; timeZone: string } | null; steps: Step[] }

const ASK_AGAIN_MS = 700

/** Cards by lead: the one on show first, then the next two ahead, one after the other, so that going on takes no time. */
export function useCards(first: CardData | null, wanted: readonly (string | null | undefined)[]) {
  const [cards, setCards] = useState<Record<string, CardData>>(first === null ? {} : { [first.detail.id]: first })
  const fetcher = useFetcher<CardData | null | 'again'>()
  const loading = useRef<string | null>(null)
  const wasBusy = useRef(false)
  const lastAnswer = useRef<typeof fetcher.data>(undefined)
  const outdated = useRef(new Set<string>())
  const gone = useRef(new Set<string>())
  useEffect(() => {
    if (first !== null) setCards((known) => ({ ...known, [first.detail.id]: first }))
  }, [first])
  useEffect(() => {
    if (loading.current !== null) return
    const id = wanted.find((each) => typeof each === 'string' && !gone.current.has(each) && (cards[each] === undefined || outdated.current.has(each)))
    if (typeof id !== 'string') return
    loading.current = id
    outdated.current.delete(id)
    fetcher.load(`/queue/card?lead=${id}`)
  })
  useEffect(() => {
    if (fetcher.state !== 'idle') {
      wasBusy.current = true
      return
    }
    const [id, card] = [loading.current, fetcher.data]
    if (id === null || (!wasBusy.current && card === lastAnswer.current)) return
    wasBusy.current = false
    lastAnswer.current = card
    loading.current = null
    // Idle without this card: the router dropped the question on its way, so it is asked again.
    if (card === undefined || card === 'again' || (card !== null && card.detail.id !== id)) return setCards((known) => ({ ...known }))
    if (card === null) gone.current.add(id)
    setCards((known) => (card === null ? { ...known } : { ...known, [id]: card }))
  }, [fetcher.state, fetcher.data])
  const [current] = wanted
  const waits = typeof current === 'string' && cards[current] === undefined
  useEffect(() => {
    if (!waits) return undefined
    // Two outcomes in quick succession can leave the router's question without any answer: ask again.
    const timer = setInterval(() => {
      loading.current = null
      setCards((known) => ({ ...known }))
    }, ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [waits, current])
  /** Something happened to a lead: its card is fetched again, and shown as it was until then. */
  const forget = useCallback((id: string) => {
    outdated.current.add(id)
    gone.current.delete(id)
    setCards((known) => ({ ...known }))
  }, [])
  return { cards, forget }
}
