import { useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useLive } from '../live/use-live'

const POLL_MS = 1_500

/** Reads the page again when a card changed anywhere, and while something of it is under way. */
export function useLiveCard(isUnderWay: boolean): void {
  const { revalidate, state } = useRevalidator()
  const navigation = useNavigation()
  // A page that is being left may be of a card that was just thrown away.
  const isAtRest = state === 'idle' && navigation.state === 'idle'
  useLive(({ kind }) => { if ((kind.startsWith('card.') || kind === 'reset') && isAtRest) void revalidate() })
  useEffect(() => {
    if (!isUnderWay) return undefined
    const timer = setInterval(() => { if (document.visibilityState === 'visible') void revalidate() }, POLL_MS)
    return () => clearInterval(timer)
  }, [isUnderWay, revalidate])
}
