import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createI18nFrom } from '~/i18n/instance'
import { loadMessages } from '~/i18n/load'
import { isLocale } from '~/lib/locales'

async function hydrate(): Promise<void> {
  const { lang } = document.documentElement
  const locale = isLocale(lang) ? lang : 'en'
  const [messages] = await Promise.all([loadMessages(locale, location.pathname), decodedState()])
  const i18n = createI18nFrom(locale, messages)
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    )
  })
}

// RemixBrowser throws a promise until the state of the page is decoded. Above every boundary React cannot wait for it
// while it answers to a press (error 345): so it is asked once outside of a render, and the render begins afterwards.
async function decodedState(): Promise<void> {
  try {
    RemixBrowser({})
  } catch (pending) {
    if (pending instanceof Promise) await pending
  }
}

void hydrate()
