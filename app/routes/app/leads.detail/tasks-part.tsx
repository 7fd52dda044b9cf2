import { useTranslation } from 'react-i18next'
import { handKinds } from '~/domain/tasks/vocabulary'
import { AddTask, TaskRow } from '~/ui/tasks/task-row'
import type { LeadPageData } from './route'

type Props = { data: LeadPageData }

/** What is to be done about the lead, and a line to write the next thing down. */
export function TasksPart({ data }: Props) {
  const { tasks, now, mayWrite, mayAssign, owners, me, lead, defaultDue } = data
  const { t } = useTranslation('tasks')
  return (
    <section className="q-part">
      <h2 className="ld-h">{t('lead.title')}</h2>
      {tasks.open.length + tasks.done.length === 0 && <p className="text-13 text-muted">{t('lead.none')}</p>}
      <ul className="mb-3">{[...tasks.open, ...tasks.done].map((task) => <TaskRow key={task.id} task={task} now={now} mayWrite={mayWrite} showsLead={false} showsWho />)}</ul>
      {mayWrite && lead.duplicateOf === null && <AddTask leadId={lead.id} owners={mayAssign ? owners : []} me={me} kinds={handKinds} defaultDue={defaultDue} />}
    </section>
  )
}

/** Photos of cards, for whoever owns the lead. */
export function PhotosPart({ data: { photos, lead, me } }: Props) {
  const { t } = useTranslation('leads')
  if (photos.length === 0 || lead.owner?.id !== me) return null
  return (
    <section className="q-part">
      <h2 className="ld-h">{t('detail.addressed')}</h2>
      <p className="flex flex-wrap gap-3">
        {photos.map(({ id }, index) => (
          <a key={id} href={`/photos/${id}`} target="_blank" rel="noreferrer"><img src={`/photos/${id}`} alt={t('detail.photo', { number: String(index + 1) })} loading="lazy" className="max-h-40 rounded-[var(--radius)] border border-line" /></a>
        ))}
      </p>
    </section>
  )
}
