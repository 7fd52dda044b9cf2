import { clsx } from 'clsx'
import { useOwnKey } from '../keyboard/shortcuts'

/** A key on the control it presses; hidden on touch and from assistive technology. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const shown = useOwnKey(keys)
  return (
    <kbd className={clsx('kbd kbd-touch-hidden', className)} aria-hidden="true">
      {shown}
    </kbd>
  )
}
