import { useTranslation } from 'react-i18next'
import { Dialog } from '../primitives/dialog'
import { useShortcutList, type Shortcut } from './shortcuts'

/** Every key that works on this page right now. */
export function ShortcutHelp({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('shell')
  const { shortcuts, enabled } = useShortcutList()
  const shown = shortcuts.filter((shortcut, index) => shortcut.hidden !== true && shortcuts.findIndex(({ keys }) => keys === shortcut.keys) === index)
  const groups = new Map<string, Shortcut[]>()
  for (const shortcut of shown) {
    const name = shortcut.group ?? t('keys.general')
    groups.set(name, [...(groups.get(name) ?? []), shortcut])
  }
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onOpenChange={onOpenChange} wide>
      <p className="text-13 text-muted">{enabled ? t('keys.imeNote') : t('keys.off')}</p>
      <div className="gap-x-10 sm:columns-2">
        {[...groups].map(([name, members]) => (
          <section key={name} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-12 text-muted">{name}</h3>
            <dl className="text-13">
              {members.map((shortcut) => (
                <div key={shortcut.keys} className="flex min-h-8 items-center justify-between gap-4 border-b border-line">
                  <dt>{shortcut.label}</dt>
                  <dd className="flex items-center gap-1">
                    <KeyCaps keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function KeyCaps({ keys }: { keys: string }) {
  const { t } = useTranslation('shell')
  return keys.split(' ').map((press, index) => (
    <span key={index} className="flex items-center gap-1">
      {index > 0 && <span className="text-12 text-muted">{t('keys.then')}</span>}
      {press.split('+').map((cap) => (
        <kbd key={cap} className="kbd">
          {capName(cap)}
        </kbd>
      ))}
    </span>
  ))
}

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Shift: '⇧', Escape: 'Esc', ' ': 'Space' }

export function capName(cap: string): string {
  if (cap === '$mod') return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
  return NAMES[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap)
}
