import { useEffect, useState } from 'react'
import type { SearchResult } from './commands'

const WAIT_MS = 120
export type Records = { results: readonly SearchResult[]; isSearching: boolean }
const NOTHING: Records = { results: [], isSearching: false }

/** Records for what is typed: asked 120 ms after the last key, never while Chinese is composed; an older question is aborted. */
export function useRecords(query: string, searchHref: string | undefined, isComposing: boolean): Records {
  const [records, setRecords] = useState<Records>(NOTHING)
  const wanted = query.trim()
  useEffect(() => {
    if (searchHref === undefined || wanted === '') {
      setRecords(NOTHING)
      return undefined
    }
    if (isComposing) return undefined
    const asking = new AbortController()
    setRecords((known) => ({ ...known, isSearching: true }))
    const timer = setTimeout(() => void ask(`${searchHref}?${new URLSearchParams({ q: wanted })}`, asking.signal).then((results) => {
      if (!asking.signal.aborted) setRecords({ results, isSearching: false })
    }), WAIT_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [searchHref, wanted, isComposing])
  return records
}

async function ask(href: string, signal: AbortSignal): Promise<SearchResult[]> {
  try {
    const answer = await fetch(href, { signal, headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as { results: SearchResult[] }).results : []
  } catch {
    // Aborted, or the network is away: commands still work.
    return []
  }
}
