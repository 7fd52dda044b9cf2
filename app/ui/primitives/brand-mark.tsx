/** The ball of thread, its end running on. Vermilion by the `.brand` rule. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth={1.7} strokeLinecap="round" aria-hidden="true">
      <circle cx="9" cy="9" r="6.6" />
      <path d="M3.4 6.8c3.6-1.3 7.6-.7 11.2 1.8M3.2 11c3-1.4 6.6-1.3 10.4.7M7 2.9c2.7 2.8 3.7 6 3.3 12.5 2.4.8 5 1.5 7.7 1.5" />
    </svg>
  )
}
