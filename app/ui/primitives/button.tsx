import { Link, type LinkProps } from '@remix-run/react'
import { clsx } from 'clsx'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import type { ReactNode, Ref } from 'react'
import { Kbd } from './kbd'

export type ButtonVariant = 'next' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 's' | 'm' | 'l'

type Look = {
  /** `next` is the vermilion one: at most one on a page */
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon
  iconEnd?: LucideIcon
  /** the single key shown on the button (register it with useShortcuts) */
  shortcut?: string
  wide?: boolean
  className?: string
}

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & Look & { children?: ReactNode; ref?: Ref<HTMLButtonElement> }

export function buttonClass({ variant = 'plain', size = 'm', wide, className }: Look): string {
  return clsx('btn', variant !== 'plain' && `btn-${variant}`, size !== 'm' && `btn-${size}`, wide === true && 'btn-wide', className)
}

function Inside({ icon: Icon, iconEnd: IconEnd, shortcut, pending, children }: Look & { pending?: boolean; children?: ReactNode }) {
  const busy = pending === true
  return (
    <>
      {busy ? <LoaderCircle className="i spin" aria-hidden="true" /> : Icon !== undefined && <Icon className="i" aria-hidden="true" />}
      {children}
      {shortcut !== undefined && <Kbd keys={shortcut} />}
      {IconEnd !== undefined && <IconEnd className="i i-s" aria-hidden="true" />}
    </>
  )
}

/** `onPress` for actions, `type="submit"` in forms. `isPending` keeps the focus and says so. */
export function Button({ variant, size, icon, iconEnd, shortcut, wide, className, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonClass({ variant, size, wide, className })}>
      <Inside icon={icon} iconEnd={iconEnd} shortcut={shortcut} pending={rest.isPending}>
        {children}
      </Inside>
    </AriaButton>
  )
}

export type LinkButtonProps = Omit<LinkProps, 'className'> & Look

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ variant, size, icon, iconEnd, shortcut, wide, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link prefetch="intent" {...rest} className={buttonClass({ variant, size, wide, className })}>
      <Inside icon={icon} iconEnd={iconEnd} shortcut={shortcut}>
        {children}
      </Inside>
    </Link>
  )
}

export type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'iconEnd' | 'shortcut' | 'wide'> & { icon: LucideIcon; label: string }

export function IconButton({ icon: Icon, label, variant = 'quiet', size, className, ...rest }: IconButtonProps) {
  return (
    <AriaButton {...rest} aria-label={label} className={buttonClass({ variant, size, className: clsx('btn-icon', className) })}>
      <Icon className="i" aria-hidden="true" />
    </AriaButton>
  )
}
