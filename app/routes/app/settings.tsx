import { Outlet, useLoaderData, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { rolePermissions, type Permission } from '~/domain/orgs/vocabulary'
import { page } from '~/http'
import { LinkTabs } from '~/ui/primitives/segmented-links'

/** Every page of the settings, in order, and what it asks for. */
const NEEDS = {
  profile: null,
  security: null,
  shortcuts: 'leads:read',
  notifications: 'leads:read',
  organisation: 'settings:read',
  hours: 'members:read',
  'response-times': 'settings:read',
  members: 'members:read',
  teams: 'members:read',
  visibility: 'settings:read',
  pools: 'assignment:read',
  outcomes: 'settings:read',
  mail: 'leads:read',
  fields: 'leads:read',
  contacts: 'settings:read',
  calendar: 'leads:read',
  targets: 'targets:write',
  robots: 'settings:read',
  keys: 'keys:read',
} as const satisfies Record<string, Permission | null>
type SettingsPage = keyof typeof NEEDS
const PAGES = Object.keys(NEEDS) as SettingsPage[]
const hrefOf = (name: SettingsPage) => (name === 'profile' ? '/settings' : `/settings/${name}`)

export const loader = page({}, async ({ viewer }) => {
  const may = rolePermissions[viewer.role]
  return { pages: PAGES.filter((name) => { const needs = NEEDS[name]; return needs === null || may.has(needs) }) }
})

export default function SettingsLayout() {
  const { t } = useTranslation('orgs')
  const { pages } = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  const isCurrent = (href: string) => (href === '/settings' ? pathname === href : pathname.startsWith(href))
  return (
    <>
      <LinkTabs label={t('settings.label')} items={pages.map((name) => ({ href: hrefOf(name), label: t(`settings.${name}`), current: isCurrent(hrefOf(name)) }))} />
      <Outlet />
    </>
  )
}
