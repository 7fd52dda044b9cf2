import { useMatches } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type shell from '~/i18n/messages/en/shell.json'

/**
 * What a page's route module exports as `handle`: its name in the tab, a key under `pageTitle` of the shell's words; of a
 * record, `recordOf` takes its own name from what the loader answered.
 */
export type PageHandle<Data = never> = { title: keyof (typeof shell)['pageTitle']; recordOf?: (data: Data) => string | null }

/** The title of the innermost page that has a name; a page that could not be loaded has none of its record's. */
export function usePageTitle(): string {
  const { t } = useTranslation('shell')
  const named = useMatches().findLast(({ handle }) => handle !== undefined) as { handle: PageHandle<unknown>; data?: unknown } | undefined
  if (named === undefined) return t('brand')
  const record = named.data === undefined || named.data === null ? null : (named.handle.recordOf?.(named.data) ?? null)
  return `${record ?? t(`pageTitle.${named.handle.title}`)} · ${t('brand')}`
}
