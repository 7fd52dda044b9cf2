import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Toaster as Sonner, toast as sonner } from 'sonner'
import { useShortcuts } from './keyboard/shortcuts'
import { Button } from './primitives/button'
import type { Toast, ToastTone } from './toast'

const ICONS: Record<ToastTone, LucideIcon> = { neutral: Info, won: Check, warn: TriangleAlert, breach: CircleAlert }

const WIDTH = { '--width': 'min(560px, calc(100vw - 24px))' } as CSSProperties

export function Toasts({ onReady }: { onReady: () => void }) {
  const { t } = useTranslation()
  useEffect(() => onReady(), [onReady])
  return <Sonner position="bottom-center" visibleToasts={3} gap={8} offset={{ bottom: 20 }} mobileOffset={{ bottom: 92 }} containerAriaLabel={t('toast.region')} hotkey={[]} style={WIDTH} />
}

export function present(toast: Toast): void {
  sonner.custom((id) => <ToastBody toast={toast} close={() => sonner.dismiss(id)} />, { duration: Number.POSITIVE_INFINITY })
}

/** The countdown is ours, so that pointing at it or focusing it stops the clock (WCAG 2.2.1). */
function ToastBody({ toast, close }: { toast: Toast; close: () => void }) {
  const { t } = useTranslation()
  const { tone = 'neutral', undo } = toast
  const [left, setLeft] = useState(undo?.seconds ?? toast.seconds ?? (undo === undefined ? 5 : 10))
  const paused = useRef(false)
  const closing = useRef(close)
  closing.current = close
  useEffect(() => {
    const timer = setInterval(() => {
      if (!paused.current) setLeft((seconds) => seconds - 1)
    }, 1_000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (left <= 0) closing.current()
  }, [left])
  const goBack = () => {
    undo?.onUndo()
    close()
  }
  useShortcuts(undo === undefined ? [] : [{ keys: 'z', label: t('action.undo'), run: goBack }, { keys: '$mod+z', label: t('action.undo'), run: goBack, hidden: true }])
  const Icon = ICONS[tone]
  const hold = (value: boolean) => () => {
    paused.current = value
  }
  return (
    <div className={`toast toast-${tone}`} onMouseEnter={hold(true)} onMouseLeave={hold(false)} onFocus={hold(true)} onBlur={hold(false)}>
      <Icon className="i" aria-hidden="true" />
      <span className="py-1 pr-1.5">{toast.text}</span>
      {undo !== undefined && (
        <Button size="s" shortcut="Z" onPress={goBack}>
          {undo.label ?? t('action.undo')}
          <span className="tn text-muted" aria-hidden="true">
            {t('toast.secondsLeft', { seconds: Math.max(0, left) })}
          </span>
        </Button>
      )}
    </div>
  )
}
