import { useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { filterChoices } from '~/domain/leads'
import { createTask, tasksPage } from '~/domain/tasks'
import { CreateTask, TasksPage } from '~/domain/tasks/contract'
import { handKinds } from '~/domain/tasks/vocabulary'
import { doneOrBack, page, submit } from '~/http'
import { addDays, localDate } from '~/lib/period'
import { PageBar, PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import { EmptyState } from '~/ui/primitives/empty-state'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { AddTask, TaskRow } from '~/ui/tasks/task-row'

export const handle: PageHandle = { title: 'tasks' }

export const loader = page({ permission: 'leads:read', search: TasksPage }, ({ ctx, search, viewer }) =>
  reading(ctx, async (inside) => {
    const mayAssign = can(ctx.actor, 'leads:assign')
    return {
      whose: search.whose, groups: await tasksPage(inside, search), owners: mayAssign ? (await filterChoices(inside, {})).owners : [], me: viewer.memberId as string, now: ctx.now, mayAssign,
      mayWrite: can(ctx.actor, 'leads:write'), defaultDue: `${addDays(localDate(ctx.now, viewer.org.timeZone), 1)}T09:00`,
    }
  }))

export const action = submit({ permission: 'leads:write', form: CreateTask }, async ({ ctx, input, request }) => doneOrBack(request, '/tasks', await createTask(ctx, input)))

const GROUPS = ['overdue', 'today', 'week', 'later', 'done'] as const

export default function TasksRoute() {
  const { groups, whose, owners, me, now, mayAssign, mayWrite, defaultDue } = useLoaderData<typeof loader>()
  const { t } = useTranslation('tasks')
  const open = groups.overdue.length + groups.today.length + groups.week.length + groups.later.length
  const [current, setCurrent] = useKeys(GROUPS.flatMap((group) => groups[group]).map(({ id }) => id))
  const title = open === 0 ? t('titleNone') : t('title', { count: open, formatted: `${String(open)}${groups.more ? '+' : ''}` }) + (groups.overdue.length === 0 ? '' : t('titleOverdue', { formatted: String(groups.overdue.length) }))
  return (
    <>
      <PageHeader title={title} />
      {mayAssign && (
        <PageBar>
          <SegmentedLinks label={t('whose')} items={(['mine', 'team'] as const).map((each) => ({ href: each === 'mine' ? '/tasks' : '/tasks?whose=team', label: t(each), current: whose === each }))} />
        </PageBar>
      )}
      <PageBody>
        {mayWrite && <PageSection title={t('add')}><AddTask owners={owners} me={me} kinds={handKinds} defaultDue={defaultDue} /></PageSection>}
        {open === 0 && groups.done.length === 0 && <EmptyState kind="empty" title={t('empty')}>{t('emptyHint')}</EmptyState>}
        {GROUPS.map((group) => groups[group].length === 0 ? null : (
          <PageSection key={group} title={t(`group.${group}`)} aside={String(groups[group].length)}>
            <ul>{groups[group].map((task) => <TaskRow key={task.id} task={task} now={now} mayWrite={mayWrite} current={task.id === current} showsWho={whose === 'team'} onFocus={() => setCurrent(task.id)} />)}</ul>
          </PageSection>
        ))}
        {groups.more && <p className="text-13 text-muted">{t('more')}</p>}
      </PageBody>
    </>
  )
}

/** J and K walk, D ticks off, S moves to tomorrow: the buttons of the row that is current are pressed. */
function useKeys(ids: readonly string[]): [string | null, (id: string) => void] {
  const { t } = useTranslation('tasks')
  const [current, setCurrent] = useState<string | null>(null)
  const walk = (step: number) => {
    const next = ids[Math.max(0, Math.min(ids.length - 1, (current === null ? -1 : ids.indexOf(current)) + step))]
    if (next === undefined) return
    setCurrent(next)
    document.querySelector(`[data-task="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const press = (button: string) => {
    const row = current === null ? null : document.querySelector(`[data-task="${current}"]`)
    row?.querySelector<HTMLButtonElement>(button)?.click()
  }
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group: t('keys.group'), run: () => walk(1) },
    { keys: 'k', label: t('keys.previous'), group: t('keys.group'), run: () => walk(-1) },
    { keys: 'd', label: t('keys.done'), group: t('keys.group'), run: () => press('[data-done]') },
    { keys: 's', label: t('keys.snooze'), group: t('keys.group'), run: () => press('[data-rule="tomorrow"]') },
    { keys: 'n', label: t('keys.add'), group: t('keys.group'), run: () => document.getElementById('new-task')?.focus() },
  ])
  return [current, setCurrent]
}
