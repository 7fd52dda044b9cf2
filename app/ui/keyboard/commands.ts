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

/** What the search door (`searchHref?q=`) answers: `{ results: SearchResult[] }`; `ranges` are positions in the label to mark. */
export type SearchResult = { id: string; kind: 'lead' | 'person' | 'company'; label: string; description?: string; href: string; ranges?: [number, number][] }
