import { useEffect, useRef, type ReactNode } from 'react'

/** A `details` that opens without JavaScript, and closes by Escape, by a click outside and after a choice with it. */
export function Disclosure({ className, summary, label, children }: { className: string; summary: ReactNode; label: string; children: ReactNode }) {
  const box = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const details = box.current
    if (details === null) return undefined
    const close = (refocus: boolean) => {
      if (!details.open) return
      details.open = false
      if (refocus) details.querySelector('summary')?.focus()
    }
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !details.contains(event.target)) close(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.open) return
      event.preventDefault()
      close(true)
    }
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('a') !== null) close(false)
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('keydown', onKey)
    details.addEventListener('click', onClick)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('keydown', onKey)
      details.removeEventListener('click', onClick)
    }
  }, [])
  return (
    <details ref={box} className={className}>
      <summary aria-label={label}>{summary}</summary>
      {children}
    </details>
  )
}
