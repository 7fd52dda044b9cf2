import { useFetcher, useLocation, useNavigate } from '@remix-run/react'
import { lazy, startTransition, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '~/domain/orgs/vocabulary'
import type { Command } from './commands'
import { useShortcuts } from './shortcuts'

const LazyPalette = lazy(() => import('./command-palette').then(({ CommandPalette }) => ({ default: CommandPalette })))
const LazyHelp = lazy(() => import('./shortcut-help').then(({ ShortcutHelp }) => ({ default: ShortcutHelp })))

export type GoTo = { href: string; label: string; key?: string; icon?: Command['icon'] }

/** Palette, list of keys, "g then x". AppShell mounts it once; `openPalette` is the event a search button sends. */
export function KeyboardLayer({ places, commands, searchHref, allowed }: { places: readonly GoTo[]; commands: readonly Command[]; searchHref?: string; allowed?: ReadonlySet<Permission> }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const preferences = usePreferenceCommands()
  // A key may come before this part is hydrated: a transition waits for it.
  const show = (name: 'palette' | 'help' | null) => startTransition(() => setOpen(name))
  const palette = () => show('palette')
  useShortcuts([
    { keys: '$mod+k', label: t('keys.palette'), run: palette, everywhere: true },
    { keys: '/', label: t('keys.search'), run: () => focusSearch() || palette() },
    { keys: '?', label: t('keys.help'), run: () => show('help') },
    ...places.filter(({ key }) => key !== undefined).map(({ key, label, href }) => ({ keys: `g ${key}`, label, group: t('keys.navigation'), run: () => navigate(href) })),
  ])
  const going = places.map(({ href, label, key, icon }): Command => ({ id: `go:${href}`, label, group: t('palette.navigation'), href, icon, keywords: href, shortcut: key === undefined ? undefined : `G ${key.toUpperCase()}` }))
  const toggle = (name: 'palette' | 'help') => (isOpen: boolean) => show(isOpen ? name : null)
  return (
    <>
      <button type="button" hidden id="open-palette" onClick={palette} />
      <button type="button" hidden id="open-keys" onClick={() => show('help')} />
      {open !== null && <Suspense fallback={null}>
        {open === 'palette' && <LazyPalette isOpen onOpenChange={toggle('palette')} commands={[...commands, ...going, ...preferences]} searchHref={searchHref} allowed={allowed} />}
        {open === 'help' && <LazyHelp isOpen onOpenChange={toggle('help')} />}
      </Suspense>}
    </>
  )
}

/** On a page that searches, its own field; elsewhere the palette. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main [data-page-search]')
  field?.focus()
  field?.select()
  return field !== null
}

/** Opens the palette from a search button anywhere on the page. */
export const openPalette = (): void => document.getElementById('open-palette')?.click()
export const openKeyHelp = (): void => document.getElementById('open-keys')?.click()

function usePreferenceCommands(): Command[] {
  const { t } = useTranslation('shell')
  const { submit } = useFetcher()
  const { pathname, search } = useLocation()
  const back = pathname + search
  const group = t('palette.preferences')
  const set = (name: string, value: string) => () => submit({ [name]: value, back }, { method: 'post', action: '/preferences', preventScrollReset: true })
  const speak = (locale: string) => () => postWholePage({ locale, back })
  return [
    { id: 'theme:light', label: t('palette.themeLight'), group, run: set('theme', 'light'), keywords: 'theme light qianse' },
    { id: 'theme:dark', label: t('palette.themeDark'), group, run: set('theme', 'dark'), keywords: 'theme dark shense' },
    { id: 'theme:system', label: t('palette.themeSystem'), group, run: set('theme', 'system'), keywords: 'theme auto system' },
    { id: 'density:compact', label: t('palette.densityCompact'), group, run: set('density', 'compact'), keywords: 'compact density jincou' },
    { id: 'density:comfortable', label: t('palette.densityComfortable'), group, run: set('density', 'comfortable'), keywords: 'comfortable density kuansong' },
    { id: 'locale:en', label: t('palette.localeEn'), group, run: speak('en'), keywords: 'english language yuyan' },
    { id: 'locale:zh', label: t('palette.localeZh'), group, run: speak('zh-CN'), keywords: 'chinese language zhongwen yuyan' },
  ]
}

/** A language is a new document: lang, messages and Intl change together. */
function postWholePage(fields: Record<string, string>): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/preferences'
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  document.body.append(form)
  form.submit()
}
