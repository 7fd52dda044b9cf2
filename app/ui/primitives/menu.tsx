import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Header, Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection as AriaMenuSection, MenuTrigger, Popover, Separator, SubmenuTrigger, type Key, type MenuProps as AriaMenuProps } from 'react-aria-components'
import { Kbd } from './kbd'

type Placement = 'bottom start' | 'bottom end' | 'top start' | 'top end'

/** `trigger` is a Button or IconButton; children are MenuItems and MenuSections. */
export function Menu({ trigger, label, children, placement = 'bottom start', ...rest }: { trigger: ReactElement; label: string; children: ReactNode; placement?: Placement } & Pick<AriaMenuProps<object>, 'onAction' | 'selectionMode' | 'selectedKeys' | 'onSelectionChange' | 'disabledKeys'>) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="pop" placement={placement} offset={4}>
        <AriaMenu className="list" aria-label={label} {...rest}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

export type MenuItemProps = { id?: Key; keywords?: string; icon?: LucideIcon; children: string; description?: string; shortcut?: string; href?: string; danger?: boolean; onAction?: () => void; isDisabled?: boolean }

export function MenuItem({ icon: Icon, children, description, shortcut, danger, keywords, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem className={danger === true ? 'opt opt-danger' : 'opt'} textValue={keywords === undefined ? children : `${children} ${keywords}`} {...rest}>
      {Icon !== undefined && <Icon className="i" aria-hidden="true" />}
      <span>
        {children}
        {description !== undefined && <span className="opt-desc">{description}</span>}
      </span>
      {shortcut !== undefined && (
        <span className="opt-end">
          <Kbd keys={shortcut} />
        </span>
      )}
    </AriaMenuItem>
  )
}

export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection>
      <Header className="list-head">{title}</Header>
      {children}
    </AriaMenuSection>
  )
}

export function MenuSeparator() {
  return <Separator className="list-sep" />
}

export { SubmenuTrigger }
