import { clsx } from 'clsx'

/** A key on the control it presses; hidden on touch and from assistive technology. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd className={clsx('kbd kbd-touch-hidden', className)} aria-hidden="true">
      {keys}
    </kbd>
  )
}
