import type { LucideIcon } from 'lucide-react'

export type Command = {
  id: string
  label: string
  /** heading it stands under, already translated */
  group: string
  /** other words that find it: pinyin, the English name */
  keywords?: string
  shortcut?: string
  icon?: LucideIcon
  href?: string
  run?: () => void
}

/** What the search door (`searchHref?q=`) answers: `{ results: SearchResult[] }`. */
export type SearchResult = { id: string; label: string; description?: string; href: string }
