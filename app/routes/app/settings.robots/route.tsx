import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, reading } from '~/domain/kernel'
import { addRobot, listRobots } from '~/domain/notifications'
import { AddRobot } from '~/domain/notifications/contract'
import { listTeams } from '~/domain/orgs'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { RobotForm } from './robot-form'
import { RobotRow } from './robot-row'

export const handle: PageHandle = { title: 'robots' }

const Search = z.object({ done: z.enum(['added', 'changed', 'sent', 'removed']).optional().catch(undefined) })

export const loader = page({ permission: 'settings:read', search: Search }, ({ ctx, search, viewer }) =>
  reading(ctx, async (at) => ({
    robots: await listRobots(at, {}), teams: (await listTeams(at, {})).map(({ id, name }) => ({ id: id as string, name })), mayChange: can(ctx.actor, 'robots:write'), done: search.done, locale: viewer.org.locale as string, now: ctx.now,
  })))

export const action = submit({ permission: 'robots:write', form: AddRobot }, async ({ ctx, input }) => {
  await addRobot(ctx, input)
  return redirectTo('/settings/robots?done=added')
})

export type RobotsData = Awaited<ReturnType<typeof loader>>

/** Robots of groups in WeCom, DingTalk, Feishu and Slack: what each is told. */
export default function RobotsPage() {
  const { t } = useTranslation('notices')
  const data = useLoaderData<typeof loader>()
  const { robots, mayChange, done } = data
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const wrong = Object.keys((answer as { reply?: { error?: object } } | undefined)?.reply?.error ?? {})
  const failing = robots.filter(({ problem, state }) => problem !== null || state === 'disabled').length
  const refused = search.get('refused')
  return (
    <>
      <PageHeader title={robots.length === 0 ? t('robots.titleNone') : failing === 0 ? t('robots.title', { count: robots.length }) : t('robots.titleFailing', { count: robots.length, failing })} />
      <PageBody narrow>
        <p className="mb-4 max-w-[64ch] text-13 text-text-2">{t('robots.about')}</p>
        {done !== undefined && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t(`robots.done.${done}`)}</p>}
        {refused !== null && <p role="alert" className="form-alert mb-4">{t(refused === 'too-many' ? 'robots.tooMany' : 'robots.refused')}</p>}
        {robots.length === 0 && !mayChange && <EmptyState kind="empty" title={t('robots.titleNone')}>{t('robots.askAdmin')}</EmptyState>}
        <ul className="border-t border-line">{robots.map((robot) => <RobotRow key={robot.id} robot={robot} data={data} />)}</ul>
        {mayChange && (
          <PageSection title={t('robots.add')}>
            {wrong.length > 0 && <p role="alert" className="form-alert mb-4">{t(wrong.includes('address') ? 'robots.notARobot' : wrong.includes('topics') ? 'robots.noTopic' : 'robots.refused')}</p>}
            <Form key={robots.length} method="post" className="flex flex-col gap-4"><RobotForm robot={null} data={data} /></Form>
          </PageSection>
        )}
      </PageBody>
    </>
  )
}
