import { useCallback, useRef } from 'react'

/** The same function from the first paint on, that always does what the newest render means. */
export function useStable<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  const latest = useRef(run)
  latest.current = run
  return useCallback((...args: A) => latest.current(...args), [])
}
