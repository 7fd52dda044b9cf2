import { useFetcher } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LeadCardView, TimelineView } from '~/ui/leads/types'

export type CardData = { detail: LeadCardView; timeline: TimelineView }

/** Cards by lead: the one on show first, then the next two ahead, one after the other, so that going on takes no time. */
export function useCards(first: CardData | null, wanted: readonly (string | null | undefined)[]) {
  const [cards, setCards] = useState<Record<string, CardData>>(first === null ? {} : { [first.detail.id]: first })
  const fetcher = useFetcher<CardData | null>()
  const loading = useRef<string | null>(null)
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
    const id = loading.current
    if (fetcher.state !== 'idle' || id === null || fetcher.data === undefined) return
    const card = fetcher.data
    if (card !== null && card.detail.id !== id) return
    loading.current = null
    if (card === null) gone.current.add(id)
    setCards((known) => (card === null ? { ...known } : { ...known, [id]: card }))
  }, [fetcher.state, fetcher.data])
  /** Something happened to a lead: its card is fetched again, and shown as it was until then. */
  const forget = useCallback((id: string) => {
    outdated.current.add(id)
    gone.current.delete(id)
    setCards((known) => ({ ...known }))
  }, [])
  return { cards, forget }
}
