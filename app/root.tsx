import '@fontsource-variable/inter/index.css'
import './ui/styles.css'
import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { AllWords } from '~/ui/layout/all-words'
import { ErrorPage } from '~/ui/layout/error-page'
import { usePageTitle } from '~/ui/layout/page-title'
import { UiProvider } from '~/ui/layout/ui-provider'
import { useNonce } from '~/ui/nonce'
import { DEFAULT_PREFERENCES, readPreferences, type Preferences } from '~/ui/preferences'

export const links: LinksFunction = () => [{ rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]

export function loader({ request }: LoaderFunctionArgs) {
  return { preferences: readPreferences(request) }
}

/** Preferences change through their own form only; nothing else asks for them again. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction?.startsWith('/preferences') === true
}

export function Layout({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const nonce = useNonce()
  const preferences = usePreferences()
  return (
    <html lang={i18n.language} data-theme={preferences.theme} data-density={preferences.density}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{usePageTitle()}</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return (
    <UiProvider preferences={usePreferences()}>
      <AllWords>
        <Outlet />
      </AllWords>
    </UiProvider>
  )
}

function usePreferences(): Preferences {
  return useRouteLoaderData<typeof loader>('root')?.preferences ?? DEFAULT_PREFERENCES
}

export function ErrorBoundary() {
  return <ErrorPage />
}
