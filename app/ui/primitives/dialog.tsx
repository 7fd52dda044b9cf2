import { clsx } from 'clsx'
import X from 'lucide-react/icons/x'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, IconButton } from './button'

type Close = () => void

export type DialogProps = {
  title: string
  /** a Button that opens it; leave out and use `isOpen` to control it */
  trigger?: ReactElement
  isOpen?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode | ((close: Close) => ReactNode)
  /** buttons at the foot, the one to press last */
  footer?: ReactNode | ((close: Close) => ReactNode)
  wide?: boolean
  /** asks a question that must be answered: no closing by a click outside */
  alert?: boolean
}

/** A dialog in the middle; a sheet from below on phones. */
export function Dialog(props: DialogProps) {
  return <Overlay {...props} shape="modal" />
}

/** A panel at the right edge; from below on phones. */
export function Sheet(props: DialogProps) {
  return <Overlay {...props} shape="sheet" />
}

function Overlay({ title, trigger, isOpen, onOpenChange, children, footer, wide, alert, shape }: DialogProps & { shape: 'modal' | 'sheet' }) {
  const { t } = useTranslation()
  const controlled = { isOpen, onOpenChange }
  const overlay = (
    <ModalOverlay className={clsx('scrim', shape === 'sheet' && 'scrim-sheet')} isDismissable={alert !== true} {...(trigger === undefined ? controlled : {})}>
      <Modal className={shape === 'sheet' ? 'sheet' : clsx('modal', wide === true && 'modal-wide')}>
        <AriaDialog role={alert === true ? 'alertdialog' : 'dialog'}>
          {({ close }) => (
            <>
              <header className="modal-head">
                <Heading slot="title">{title}</Heading>
                <IconButton icon={X} label={t('action.close')} size="s" onPress={close} />
              </header>
              <div className="modal-body">{typeof children === 'function' ? children(close) : children}</div>
              {footer !== undefined && <footer className="modal-foot">{typeof footer === 'function' ? footer(close) : footer}</footer>}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
  if (trigger === undefined) return overlay
  return (
    <DialogTrigger {...controlled}>
      {trigger}
      {overlay}
    </DialogTrigger>
  )
}

/** A question before something that cannot be undone. */
export function ConfirmDialog({ confirmLabel, onConfirm, children, danger = true, ...rest }: Omit<DialogProps, 'footer' | 'alert' | 'children'> & { confirmLabel: string; onConfirm: () => void; children: ReactNode; danger?: boolean }) {
  const { t } = useTranslation()
  return (
    <Dialog
      {...rest}
      alert
      footer={(close) => (
        <>
          <Button onPress={close}>{t('action.cancel')}</Button>
          <Button
            variant={danger ? 'danger' : 'plain'}
            onPress={() => {
              onConfirm()
              close()
            }}
          >
            {confirmLabel}
          </Button>
        </>
      )}
    >
      <p className="text-13 text-text-2">{children}</p>
    </Dialog>
  )
}
