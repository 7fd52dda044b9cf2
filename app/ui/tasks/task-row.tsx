import { Link, useFetcher } from '@remix-run/react'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { snoozeRules } from '~/domain/tasks/vocabulary'
import type { TaskKind } from '~/domain/leads/vocabulary'
import { Chip } from '../primitives/chip'
import { useFormat } from '../use-format'
import { formatDate } from '~/i18n/format-time'
import { useTaskRefusal } from './use-task-refusal'

export type TaskView = {
  id: string; kind: TaskKind; title: string; dueAt: Date; timeZone: string; doneAt: Date | null
  assignee: { id: string; name: string } | null; lead: { id: string; person: string; company: string | null } | null
}
type Props = { task: TaskView; now: Date; mayWrite: boolean; current?: boolean; showsLead?: boolean; showsWho?: boolean; onFocus?: () => void }

/** One task: ticked off, moved or cancelled where it stands. Every button is a form, so that it works without a script. */
export function TaskRow({ task, now, mayWrite, current, showsLead = true, showsWho = false, onFocus }: Props) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const fetcher = useFetcher<{ refusal?: { code: string } }>()
  const refusal = useTaskRefusal()
  const words = task.title === '' ? t(`kind.${task.kind}`) : task.title
  const isDone = task.doneAt !== null
  const late = !isDone && task.dueAt <= now
  const elsewhere = task.timeZone === format.zone ? null : formatDate(task.dueAt, format.locale, task.timeZone, 'moment')
  const problem = fetcher.state === 'idle' ? refusal(fetcher.data) : null
  return (
    <li className={clsx('flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2', current === true && 'bg-next-wash')} data-task={task.id} aria-current={current === true ? 'true' : undefined} onFocus={onFocus}>
      {mayWrite && (
        <fetcher.Form method="post" action={`/tasks/${task.id}/${isDone ? 'reopening' : 'completion'}`}>
          <button type="submit" className="btn btn-s btn-icon" role="checkbox" aria-checked={isDone} aria-label={t(isDone ? 'reopen' : 'done', { task: words })} data-done disabled={fetcher.state !== 'idle'}>{isDone ? '✓' : '○'}</button>
        </fetcher.Form>
      )}
      <div className="min-w-0 grow basis-56">
        <p className={clsx('text-14 [overflow-wrap:anywhere]', isDone && 'text-faint line-through')}>{task.title !== '' && <Chip>{t(`kind.${task.kind}`)}</Chip>} {words}</p>
        <p className="text-12 text-muted">
          <span className={late ? 'text-breach' : undefined}>{format.date(task.dueAt, 'moment')}</span>
          {elsewhere !== null && <> · {elsewhere} {t('lead.zone', { zone: task.timeZone })}</>}
          {showsLead && task.lead !== null && <> · <Link className="lnk" to={`/leads/${task.lead.id}`}>{[task.lead.person, task.lead.company].filter(Boolean).join(', ') || t('open')}</Link></>}
          {showsWho && <> · {task.assignee?.name ?? t('noOne')}</>}
        </p>
        {problem !== null && <p role="alert" className="text-12 text-breach">{problem}</p>}
      </div>
      {mayWrite && !isDone && <Later task={task} words={words} />}
    </li>
  )
}

function Later({ task, words }: { task: TaskView; words: string }) {
  const { t } = useTranslation('tasks')
  const fetcher = useFetcher()
  return (
    <span className="flex flex-wrap items-center gap-1">
      <fetcher.Form method="post" action={`/tasks/${task.id}/time`} className="flex flex-wrap gap-1" role="group" aria-label={t('move', { task: words })}>
        {snoozeRules.map((rule) => <button key={rule} type="submit" name="rule" value={rule} className="btn btn-s" data-rule={rule}>{t(`rule.${rule}`)}</button>)}
      </fetcher.Form>
      <fetcher.Form method="post" action={`/tasks/${task.id}/cancellation`}>
        <button type="submit" className="btn btn-s btn-quiet" aria-label={t('cancelTask', { task: words })}>{t('cancel')}</button>
      </fetcher.Form>
    </span>
  )
}

type AddProps = { leadId?: string; owners: readonly { id: string; name: string }[]; me: string; kinds: readonly ('call' | 'mail' | 'meeting' | 'other')[]; defaultDue: string }

/** Writes a task down in one line. */
export function AddTask({ leadId, owners, me, kinds, defaultDue }: AddProps) {
  const { t } = useTranslation('tasks')
  const fetcher = useFetcher<{ done?: { taskId: string }; refusal?: { code: string; fields?: Record<string, string[]> }; reply?: unknown }>()
  const refusal = useTaskRefusal()
  const problem = fetcher.state === 'idle' ? refusal(fetcher.data) : null
  return (
    <fetcher.Form key={fetcher.data?.done?.taskId} method="post" action="/tasks" className="flex flex-wrap items-end gap-2">
      {leadId !== undefined && <input type="hidden" name="leadId" value={leadId} />}
        <label className="field min-w-0 grow basis-56"><span className="field-label">{t('what')}</span><input id={leadId === undefined ? 'new-task' : undefined} name="title" maxLength={200} className="input" autoComplete="off" required={leadId === undefined} /></label>
        <label className="field"><span className="field-label">{t('how')}</span><select name="kind" className="input" defaultValue="call">{kinds.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}</select></label>
        <label className="field"><span className="field-label">{t('when')}</span><input type="datetime-local" name="due" required defaultValue={defaultDue} className="input" /></label>
        {owners.length > 0 && <label className="field"><span className="field-label">{t('assignee')}</span><select name="assigneeId" className="input" defaultValue="">{[{ id: '', name: leadId === undefined ? t('me') : '—' }, ...owners.filter(({ id }) => id !== me)].map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>}
        <button type="submit" className={leadId === undefined ? 'btn btn-next' : 'btn'} disabled={fetcher.state !== 'idle'}>{t('save')}</button>
        {problem !== null && <p role="alert" className="form-alert w-full"><span>{problem}</span></p>}
    </fetcher.Form>
  )
}
