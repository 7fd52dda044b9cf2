import { lazy, Suspense, useEffect, useState } from 'react'

export type ToastTone = 'neutral' | 'won' | 'warn' | 'breach'
export type ToastUndo = { onUndo: () => void; seconds?: number; label?: string }
export type Toast = { text: string; tone?: ToastTone; undo?: ToastUndo; seconds?: number }

const LazyToasts = lazy(() => import('./toast.parts').then((parts) => ({ default: parts.Toasts })))

let announceReady: () => void = () => undefined
const ready = new Promise<void>((resolve) => {
  announceReady = resolve
})

/** Says that something happened, with a way back for ten seconds (key Z). Never the only place an error is shown. */
export async function showToast(toast: Toast): Promise<void> {
  await ready
  const { present } = await import('./toast.parts')
  present(toast)
}

/** Mounted once in root; the library comes after the page is usable. */
export function Toaster() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!wanted) return null
  return (
    <Suspense fallback={null}>
      <LazyToasts onReady={announceReady} />
    </Suspense>
  )
}
