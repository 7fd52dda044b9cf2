import { Form, useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { noticePage } from '~/domain/notifications'
import { NoticePage } from '~/domain/notifications/contract'
import { page } from '~/http'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { NoticeRow } from '~/ui/notices/notice-row'
import { useReadAll } from '~/ui/notices/use-read-all'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'notifications' }

const Search = z.object({ unread: z.enum(['1']).optional().catch(undefined), cursor: NoticePage.shape.cursor.catch(undefined) })

export const loader = page({ permission: 'leads:read', search: Search }, async ({ ctx, search, viewer }) => ({
  ...(await noticePage(ctx, { locale: viewer.locale, unread: search.unread === '1', cursor: search.cursor })), onlyUnread: search.unread === '1', isLater: search.cursor !== undefined, now: ctx.now,
}))

/** Everything one was told, newest first. */
export default function NotificationsPage() {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { lines, next, unread, onlyUnread, isLater, now } = useLoaderData<typeof loader>()
  const readAll = useReadAll()
  const reading = useFetcher()
  return (
    <>
      <PageHeader title={unread === 0 ? t('page.titleNone') : t('page.title', { count: unread, formatted: format.number(unread) })}>
        {unread > 0 && <Form method="post" action="/notifications/read" onSubmit={(event) => { event.preventDefault(); readAll() }}><button type="submit" className="btn">{t('page.readAll')}</button></Form>}
        <LinkButton to="/settings/notifications">{t('page.settings')}</LinkButton>
      </PageHeader>
      <PageBar>
        <SegmentedLinks label={t('page.which')} items={[{ href: '/notifications', label: t('page.all'), current: !onlyUnread }, { href: '/notifications?unread=1', label: t('page.unread'), current: onlyUnread }]} />
      </PageBar>
      <PageBody narrow>
        {lines.length === 0 && (onlyUnread || isLater
          ? <EmptyState kind="filtered" title={t('page.emptyUnread')} action={<LinkButton to="/notifications">{t('page.all')}</LinkButton>}>{t('page.emptyUnreadHint')}</EmptyState>
          : <EmptyState kind="empty" title={t('page.empty')} action={<LinkButton to="/settings/notifications">{t('page.settings')}</LinkButton>}>{t('page.emptyHint')}</EmptyState>)}
        {lines.length > 0 && <ul className="border-t border-line">
          {lines.map((line) => (
            <NoticeRow key={line.id} line={line} now={now} onOpen={() => { if (line.readAt === null) void reading.submit({ noticeId: line.id }, { method: 'post', action: '/notifications/read' }) }}>
              {line.readAt === null && (
                <reading.Form method="post" action="/notifications/read" className="ml-auto self-start">
                  <input type="hidden" name="noticeId" value={line.id} />
                  <button type="submit" className="btn btn-s btn-quiet">{t('page.readOne')}<span className="sr">: {line.text}</span></button>
                </reading.Form>
              )}
            </NoticeRow>
          ))}
        </ul>}
        {next !== null && <p className="pt-4"><LinkButton to={`/notifications?${new URLSearchParams({ ...(onlyUnread ? { unread: '1' } : {}), cursor: next })}`}>{t('page.older')}</LinkButton></p>}
      </PageBody>
    </>
  )
}
