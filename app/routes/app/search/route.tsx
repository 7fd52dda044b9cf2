import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { searchPage, findRecords } from '~/domain/search'
import { page } from '~/http'
import { LinkButton, Button } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { PageBar, PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkTabs } from '~/ui/primitives/segmented-links'
import { Pager } from '~/ui/tables/pager'
import { useFormat } from '~/ui/use-format'
import { HitList } from './hit-list'

export const handle: PageHandle = { title: 'search' }

const kinds = ['all', 'leads', 'people', 'companies'] as const
const parts = ['leads', 'people', 'companies'] as const
const Asked = z.object({ q: z.string().trim().max(100).default('').catch(''), in: z.enum(kinds).default('all').catch('all'), after: z.string().max(300).optional() })

export const loader = page({ permission: 'leads:read', search: Asked }, async ({ ctx, search }) => {
  const { q, in: kind, after } = search
  if (kind === 'all' || q === '') return { q, kind: 'all' as const, after: null, all: await findRecords(ctx, { q, limit: 6 }), one: null }
  return { q, kind, after: after ?? null, all: null, one: await searchPage(ctx, { q, kind, cursor: after, limit: 25 }) }
})

const hrefOf = (q: string, kind: string, after?: string | null): string => `/search?${new URLSearchParams({ q, ...(kind === 'all' ? {} : { in: kind }), ...(after === null || after === undefined ? {} : { after }) })}`

export default function Search() {
  const { q, kind, after, all, one } = useLoaderData<typeof loader>()
  const { t } = useTranslation('search')
  const title = useTitle()
  const count = all === null ? (one?.hits.length ?? 0) : parts.reduce((sum, part) => sum + all.groups[part].hits.length, 0)
  const isBounded = all?.isBounded ?? one?.isBounded ?? false
  return (
    <>
      <PageHeader title={title} />
      <PageBar>
        <Form method="get" role="search" className="flex w-full max-w-[44rem] flex-wrap items-center gap-2">
          {kind !== 'all' && <input type="hidden" name="in" value={kind} />}
          <input key={q} className="input min-w-0 flex-1" type="search" name="q" defaultValue={q} placeholder={t('placeholder')} aria-label={t('label')} autoComplete="off" spellCheck={false} data-page-search autoFocus={q === ''} />
          <Button type="submit">{t('find')}</Button>
        </Form>
      </PageBar>
      {q !== '' && <LinkTabs label={t('kinds')} items={kinds.map((each) => ({ href: hrefOf(q, each), label: t(`kind.${each}`), current: each === kind }))} />}
      <PageBody>
        {q === '' && <p className="max-w-[60ch] text-13 text-muted">{t('hint')} {t('part')}</p>}
        {q !== '' && count === 0 && after === null && <EmptyState kind="filtered" title={t('title.none', { q })} clearHref="/search">{t('none')} {t('part')}</EmptyState>}
        {all !== null && parts.filter((part) => all.groups[part].hits.length > 0).map((part) => (
          <PageSection key={part} title={t(`kind.${part}`)}>
            <HitList hits={all.groups[part].hits} />
            {all.groups[part].more && <LinkButton className="mt-3" size="s" to={hrefOf(q, part)}>{t('all', { kind: t(`kind.${part}`) })}</LinkButton>}
          </PageSection>
        ))}
        {one !== null && one.hits.length > 0 && <HitList hits={one.hits} />}
        {isBounded && count > 0 && <p className="mt-4 text-13 text-muted" role="note">{t('bounded')}</p>}
        {one !== null && (one.nextCursor !== null || after !== null) && (
          <Pager firstHref={after === null ? null : hrefOf(q, kind)} nextHref={one.nextCursor === null ? null : hrefOf(q, kind, one.nextCursor)} />
        )}
      </PageBody>
    </>
  )
}

/** What is true now: how many fit, or that more do. */
function useTitle(): string {
  const { q, all, one, after } = useLoaderData<typeof loader>()
  const { t } = useTranslation('search')
  const format = useFormat()
  if (q === '') return t('title.idle')
  const count = all === null ? (one?.hits.length ?? 0) : parts.reduce((sum, part) => sum + all.groups[part].hits.length, 0)
  const isMore = all === null ? one?.nextCursor !== null || after !== null : parts.some((part) => all.groups[part].more)
  if (count === 0) return t('title.none', { q })
  return isMore ? t('title.more', { q, formatted: format.number(count) }) : t('title.found', { count, q, formatted: format.number(count) })
}
