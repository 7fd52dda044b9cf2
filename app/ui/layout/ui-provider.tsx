import { useHref, useNavigate } from '@remix-run/react'
import type { ReactNode } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { ShortcutProvider } from '../keyboard/shortcuts'
import type { Preferences } from '../preferences'
import { Toaster } from '../toast'
import { useLocale } from '../use-format'

/** What every page stands in: words of the controls, client navigation, keys, notifications. */
export function UiProvider({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const navigate = useNavigate()
  // British order in English, as everywhere else on a page: day before month, weeks from Monday.
  const locale = useLocale() === 'en' ? 'en-GB' : 'zh-CN'
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={navigate} useHref={useHref}>
        <ShortcutProvider enabled={preferences.shortcuts}>
          {children}
          <Toaster />
        </ShortcutProvider>
      </RouterProvider>
    </I18nProvider>
  )
}
