import { Form, Link, useLocation } from '@remix-run/react'
import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import Keyboard from 'lucide-react/icons/keyboard'
import LogOut from 'lucide-react/icons/log-out'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { useLocale } from '../use-format'
import { openKeyHelp } from '../keyboard/keyboard-layer'
import { useShortcutList } from '../keyboard/shortcuts'
import { DENSITIES, THEMES, type Preferences } from '../preferences'
import { Avatar } from '../primitives/avatar'
import { Disclosure } from './disclosure'

export type AccountLink = { href: string; label: string; icon?: LucideIcon }
export type UserCardProps = { name: string; detail: string; preferences: Preferences; signOutHref?: string; links?: readonly AccountLink[] }

type Choice = { value: string; label: string; current: boolean }

/** Who I am, and how I like it: every choice is a form, so it works without JavaScript. */
export function UserCard({ name, detail, preferences, signOutHref, links = [] }: UserCardProps) {
  const { t } = useTranslation('shell')
  const locale = useLocale()
  const keysOn = useShortcutList().enabled
  const summary = (
    <>
      <Avatar name={name} />
      <span className="flex-1">
        <span className="block overflow-hidden text-ellipsis">{name}</span>
        <span className="block overflow-hidden text-ellipsis text-muted">{detail}</span>
      </span>
      <ChevronsUpDown className="i-s text-faint" aria-hidden="true" />
    </>
  )
  return (
    <Disclosure className="me" summary={summary} label={`${t('account')}: ${name}`}>
      <div className="me-pop pop list">
        {links.map(({ href, label, icon: Icon }) => (
          <Link key={href} to={href} className="opt">
            {Icon !== undefined && <Icon className="i" aria-hidden="true" />}
            {label}
          </Link>
        ))}
        <Choices name="theme" label={t('me.theme')} choices={THEMES.map((value) => ({ value, label: t(`me.${value}`), current: preferences.theme === value }))} />
        <Choices name="density" label={t('me.density')} choices={DENSITIES.map((value) => ({ value, label: t(`me.${value}`), current: preferences.density === value }))} />
        <Choices name="shortcuts" label={t('me.shortcuts')} choices={(['on', 'off'] as const).map((value) => ({ value, label: t(`me.${value}`), current: keysOn === (value === 'on') }))} />
        <hr className="list-sep" />
        <LanguageChoices current={locale} />
        <hr className="list-sep" />
        <button type="button" className="opt" onClick={openKeyHelp}>
          <Keyboard className="i" aria-hidden="true" />
          {t('me.keys')}
          <span className="opt-end">
            <kbd className="kbd kbd-touch-hidden">?</kbd>
          </span>
        </button>
        {signOutHref !== undefined && (
          <Form method="post" action={signOutHref} reloadDocument>
            <button type="submit" className="opt">
              <LogOut className="i" aria-hidden="true" />
              {t('me.signOut')}
            </button>
          </Form>
        )}
      </div>
    </Disclosure>
  )
}

function Back() {
  const { pathname, search } = useLocation()
  return <input type="hidden" name="back" value={pathname + search} />
}

function Choices({ name, label, choices }: { name: string; label: string; choices: readonly Choice[] }) {
  return (
    <Form method="post" action="/preferences" preventScrollReset navigate={false} className="me-row">
      <Back />
      <span>{label}</span>
      <span className="seg" role="group" aria-label={label}>
        {choices.map(({ value, label: text, current }) => (
          <button key={value} name={name} value={value} aria-current={current ? 'true' : undefined}>
            {text}
          </button>
        ))}
      </span>
    </Form>
  )
}

function LanguageChoices({ current }: { current: string }) {
  return (
    <Form method="post" action="/preferences" reloadDocument>
      <Back />
      {LOCALES.map((locale) => (
        <button key={locale} name="locale" value={locale} lang={locale} className={clsx('opt', locale === current && 'font-medium')} aria-current={locale === current ? 'true' : undefined}>
          {LOCALE_NAMES[locale]}
          {locale === current && (
            <span className="opt-end">
              <Check className="i" aria-hidden="true" />
            </span>
          )}
        </button>
      ))}
    </Form>
  )
}
