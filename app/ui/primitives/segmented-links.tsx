import { Link } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'

export type SegmentLink = { href: string; label: ReactNode; current: boolean }

/** Two to four readings of one page; each is a URL, so it works without JavaScript. */
export function SegmentedLinks({ label, items }: { label: string; items: readonly SegmentLink[] }) {
  return (
    <nav className="seg" aria-label={label}>
      {items.map((item) => (
        <Link key={item.href} to={item.href} prefetch="intent" preventScrollReset aria-current={item.current ? 'true' : undefined}>
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

/** Tabs that are addresses. */
export function LinkTabs({ label, items }: { label: string; items: readonly (SegmentLink & { count?: string })[] }) {
  const row = useRef<HTMLElement>(null)
  const current = items.find((item) => item.current)?.href
  // On a phone the row is wider than the page: the tab one is on is brought into it, without moving the page.
  useEffect(() => {
    const [nav, tab] = [row.current, row.current?.querySelector('[aria-current]')]
    if (nav === null || tab === null || tab === undefined) return
    const [around, at] = [nav.getBoundingClientRect(), tab.getBoundingClientRect()]
    nav.scrollLeft += at.left - around.left - (around.width - at.width) / 2
  }, [current])
  return (
    <nav ref={row} className="tabs px-6 max-lg:px-4" aria-label={label}>
      {items.map((item) => (
        <Link key={item.href} to={item.href} prefetch="intent" className="tab" aria-current={item.current ? 'page' : undefined}>
          {item.label}
          {item.count !== undefined && <span className="tn text-12 text-muted">{item.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
