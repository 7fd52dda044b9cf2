import { Link, NavLink, useLocation } from '@remix-run/react'
import MenuIcon from 'lucide-react/icons/menu'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '~/domain/orgs/vocabulary'
import { KeyboardLayer } from '../keyboard/keyboard-layer'
import type { Command } from '../keyboard/commands'
import { BrandMark } from '../primitives/brand-mark'
import { TimeZoneContext } from '../use-format'
import { Disclosure } from './disclosure'
import { UserCard, type UserCardProps } from './user-card'

export type NavItem = {
  href: string
  label: string
  icon: LucideIcon
  /** shown at the right, already formatted */
  count?: string
  /** second key of "g then x" */
  key?: string
  /** a page that is not one of ours: opened as a document */
  outside?: boolean
}

/** `end` sections stand at the foot of the column. */
export type NavSection = { id: string; title?: string; end?: boolean; items: readonly NavItem[] }

export type AppShellProps = {
  sections: readonly NavSection[]
  user: UserCardProps
  timeZone: string
  homeHref?: string
  /** more commands of the palette */
  commands?: readonly Command[]
  /** GET door answering `{ results: SearchResult[] }` to `?q=` */
  searchHref?: string
  /** what the palette offers to make and to set */
  allowed?: ReadonlySet<Permission>
  /** above the page: sample-data banner, impersonation, maintenance */
  banner?: ReactNode
  /** what was told to whoever is here; stands beside the name */
  bell?: ReactNode
  children: ReactNode
}

export function AppShell({ sections, user, timeZone, homeHref = '/', commands = [], searchHref, allowed, banner, bell, children }: AppShellProps) {
  const { t } = useTranslation('shell')
  const places = sections.flatMap(({ items }) => items).filter(({ outside }) => outside !== true)
  const nav = (
    <>
      <div className="nav-scroll">
        {sections.filter(({ end }) => end !== true).map((section) => <NavGroup key={section.id} section={section} />)}
        <span className="nav-gap" />
        {sections.filter(({ end }) => end === true).map((section) => <NavGroup key={section.id} section={section} />)}
      </div>
      <UserCard {...user} />
    </>
  )
  return (
    <TimeZoneContext.Provider value={timeZone}>
      <a href="#main" className="skip">{t('skip')}</a>
      <header className="phone-top no-print">
        <Brand href={homeHref} />
        {bell}
        <PhoneNav label={t('openMenu')}>
          <nav className="nav" aria-label={t('mainNav')}>{nav}</nav>
        </PhoneNav>
      </header>
      <div className="app">
        <nav className="nav" aria-label={t('mainNav')}>
          <div className="nav-top">
            <Brand href={homeHref} />
            {bell}
          </div>
          {nav}
        </nav>
        <main id="main" className="main" tabIndex={-1}>
          {banner}
          {children}
        </main>
      </div>
      <KeyboardLayer places={places} commands={commands} searchHref={searchHref} allowed={allowed} />
    </TimeZoneContext.Provider>
  )
}

/** Remounted on every place, so that it is closed after a choice. */
function PhoneNav({ label, children }: { label: string; children: ReactNode }) {
  const { pathname } = useLocation()
  return (
    <Disclosure key={pathname} className="phone-nav" label={label} summary={<MenuIcon className="i" aria-hidden="true" />}>
      {children}
    </Disclosure>
  )
}

export function Brand({ href }: { href: string }) {
  const { t } = useTranslation('shell')
  return (
    <Link to={href} className="brand">
      <BrandMark />
      {t('brand')}
    </Link>
  )
}

function NavGroup({ section }: { section: NavSection }) {
  return (
    <div role={section.title === undefined ? undefined : 'group'} aria-labelledby={section.title === undefined ? undefined : `nav-${section.id}`} className="nav-list">
      {section.title !== undefined && (
        <span className="nav-sec" id={`nav-${section.id}`}>{section.title}</span>
      )}
      {section.items.map(({ href, label, icon: Icon, count, outside }) => (
        <NavLink key={href} to={href} prefetch={outside === true ? 'none' : 'intent'} reloadDocument={outside} className="nav-item">
          <Icon className="i" aria-hidden="true" />
          {label}
          {count !== undefined && <span className="nav-count">{count}</span>}
        </NavLink>
      ))}
    </div>
  )
}

/** Actions under the thumb; shown on phones only. Put it anywhere on the page. */
export function PhoneBar({ children }: { children: ReactNode }) {
  return <div className="phone-bar no-print">{children}</div>
}
