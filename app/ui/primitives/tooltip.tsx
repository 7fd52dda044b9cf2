import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger, type TooltipProps } from 'react-aria-components'
import { Kbd } from './kbd'

/** The name of an icon button, and its key. Never the only place where something is said. */
export function Tooltip({ children, text, shortcut, placement = 'top' }: { children: ReactElement; text: string; shortcut?: string; placement?: TooltipProps['placement'] }) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className="tip" placement={placement} offset={6}>
        {text}
        {shortcut !== undefined && <Kbd keys={shortcut} className="ml-2 !border-current !text-current" />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
