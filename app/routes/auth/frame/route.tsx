import { Form, Link, Outlet, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { BrandMark } from '~/ui/primitives/brand-mark'
import { useLocale } from '~/ui/use-format'
import { NarrowingThread } from './narrowing-thread'

/** Around every page that is seen before one is signed in. */
export default function AuthFrame() {
  const { t } = useTranslation('auth')
  return (
    <div className="grid min-h-dvh bg-bg lg:grid-cols-[minmax(26rem,34rem)_minmax(0,1fr)]">
      <main id="main" className="flex min-w-0 flex-col bg-surface px-6 py-6 lg:border-r lg:border-line lg:px-16">
        <header className="flex items-center justify-between">
          <Link to="/" className="brand !m-0 !p-0">
            <BrandMark />
            Clew{' '}
            <span lang="zh-CN" className="font-normal text-muted">线索</span>
          </Link>
          <LanguageSwitch />
        </header>
        <div className="my-auto w-full max-w-[24rem] py-12 max-lg:mx-auto">
          <Outlet />
        </div>
      </main>
      <aside className="hidden min-w-0 flex-col justify-center gap-10 px-16 lg:flex" aria-label={t('frame.promise')}>
        <NarrowingThread />
        <div className="max-w-[34rem]">
          <p className="text-28 font-semibold text-balance">{t('frame.promise')}</p>
          <p className="mt-2 max-w-[46ch] text-14 text-muted">{t('frame.detail')}</p>
        </div>
      </aside>
    </div>
  )
}

function LanguageSwitch() {
  const { t } = useTranslation('auth')
  const current = useLocale()
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/preferences" reloadDocument className="flex gap-1 text-13" aria-label={t('language')}>
      <input type="hidden" name="back" value={pathname + search} />
      {LOCALES.map((locale) => (
        <button key={locale} name="locale" value={locale} lang={locale} aria-current={locale === current ? 'true' : undefined} className="min-h-8 rounded-md px-2 text-muted aria-[current]:font-medium aria-[current]:text-text hover:bg-hover">
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </Form>
  )
}
