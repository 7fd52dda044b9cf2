import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger, Popover as AriaPopover, type PopoverProps } from 'react-aria-components'

/** Something small beside its button: a definition, a filter, a short form. */
export function Popover({ trigger, label, children, placement = 'bottom start', isOpen, onOpenChange }: { trigger: ReactElement; label: string; children: ReactNode | ((close: () => void) => ReactNode) } & Pick<PopoverProps, 'placement' | 'isOpen' | 'onOpenChange'>) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover className="pop" placement={placement} offset={4}>
        <Dialog className="pop-pad outline-none" aria-label={label}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
