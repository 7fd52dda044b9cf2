import { Form, useActionData, useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { ownFeed, regenerateFeed } from '~/domain/tasks'
import { page, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'calendar' }

export const loader = page({ permission: 'leads:read' }, async ({ ctx }) => ({ feed: await ownFeed(ctx, {}) }))

export const action = submit({ permission: 'leads:read', form: z.object({}) }, ({ ctx }) => regenerateFeed(ctx, {}))

/** The address of one's tasks for a calendar program: shown once, made anew, ended. */
export default function CalendarPage() {
  const { t } = useTranslation('orgs')
  const format = useFormat()
  const { feed } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()?.done
  const ending = useFetcher()
  return (
    <>
      <PageHeader title={feed === null ? t('calendar.none') : t('calendar.since', { since: format.date(feed.since, 'moment') })} />
      <PageBody narrow>
        <p className="mb-4 max-w-[60ch] text-14 text-text-2">{t('calendar.about')}</p>
        {made !== undefined && feed !== null && (
          <div role="status" className="mb-4 flex flex-col gap-2 rounded-[var(--radius)] border border-line p-3 text-13">
            <p>{t('calendar.once')}</p>
            <p className="tn [overflow-wrap:anywhere]"><code>{made.url}</code></p>
            <p><CopyButton value={made.url}>{t('calendar.copy')}</CopyButton></p>
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          <Form method="post"><Button type="submit" variant="next">{feed === null ? t('calendar.make') : t('calendar.renew')}</Button></Form>
          {feed !== null && <ending.Form method="post" action="/settings/calendar/ending"><Button type="submit" variant="danger" isPending={ending.state !== 'idle'}>{t('calendar.end')}</Button></ending.Form>}
        </div>
      </PageBody>
    </>
  )
}
