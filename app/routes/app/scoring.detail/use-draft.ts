import { useBeforeUnload, useBlocker, useFetcher } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CardFault, CardTerms } from '~/domain/scoring/contract'
import type { Sums } from '~/ui/scoring/types'

export type Preview = { looked: number; of: number; sums: Sums; faults: CardFault[] }
type Said = { terms: CardTerms; note: string }
type Saved = { done?: { digest: string; faults: CardFault[] }; refusal?: { code: string; fields: Record<string, string[]>; params: Record<string, string | number> } }

const WAIT_MS = 350
const MOST_STEPS = 100
const same = (a: Said, b: Said): boolean => a.note.trim() === b.note.trim() && JSON.stringify(a.terms) === JSON.stringify(b.terms)

/** A draft on this page: what was changed and not yet kept, steps to take back, and what it would mean for the leads of now. */
export function useDraft({ cardId, digest, terms, note, faults }: { cardId: string; digest: string; terms: CardTerms; note: string | null; faults: CardFault[] }, first: Preview | null) {
  const kept = useRef<Said & { digest: string }>({ terms, note: note ?? '', digest })
  const [said, setSaid] = useState<Said>({ terms, note: note ?? '' })
  const [past, setPast] = useState<Said[]>([])
  const saving = useFetcher<Saved>()
  const asking = useFetcher<{ done?: Preview }>()
  const sent = useRef<Said | null>(null)
  const isDirty = !same(said, kept.current)
  const [, setTurn] = useState(0)

  // Another version came from the server (a form without a script, a colleague): taken where nothing here would be lost.
  useEffect(() => {
    if (digest === kept.current.digest || isDirty) return
    kept.current = { terms, note: note ?? '', digest }
    setSaid({ terms, note: note ?? '' })
    setPast([])
  }, [digest, isDirty, note, terms])

  useEffect(() => {
    if (saving.data?.done === undefined || sent.current === null) return
    kept.current = { ...sent.current, digest: saving.data.done.digest }
    sent.current = null
    setTurn((turn) => turn + 1)
  }, [saving.data])

  const ask = asking.submit
  const words = JSON.stringify(said.terms)
  const asked = useRef(words)
  useEffect(() => {
    if (asked.current === words) return undefined
    const timer = setTimeout(() => {
      asked.current = words
      void ask({ terms: words }, { method: 'post', action: `/scoring/${cardId}/preview` })
    }, WAIT_MS)
    return () => clearTimeout(timer)
  }, [ask, cardId, words])

  const change = (next: Partial<Said>, isStep = true) => {
    if (isStep) setPast([...past.slice(-MOST_STEPS), said])
    setSaid({ ...said, ...next })
  }
  const preview = asking.data?.done ?? first
  return {
    ...said, isDirty, preview, isAsking: asking.state !== 'idle', isSaving: saving.state !== 'idle', refusal: isDirty ? saving.data?.refusal : undefined, faults: preview?.faults ?? faults,
    change, canUndo: past.length > 0,
    undo: () => { const before = past.at(-1); if (before === undefined) return; setSaid(before); setPast(past.slice(0, -1)) },
    save: () => {
      sent.current = said
      void saving.submit({ terms: words, note: said.note, digest: kept.current.digest }, { method: 'post', action: `/scoring/${cardId}/terms` })
    },
  }
}
export type DraftState = ReturnType<typeof useDraft>

/** Asks before a page with something unsaved is left. */
export function useUnsavedGuard(isDirty: boolean) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname)
  useBeforeUnload(useCallback((event: BeforeUnloadEvent) => { if (isDirty) event.preventDefault() }, [isDirty]))
  return blocker.state === 'blocked' ? { stay: () => blocker.reset(), leave: () => blocker.proceed() } : null
}
