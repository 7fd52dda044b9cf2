import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import { TimelineEntry } from './timeline-entry'
import type { TimelineEntryView, TimelineView } from './types'

const FILTERS = ['all', 'touches', 'calls', 'notes', 'moves', 'changes'] as const
type Filter = (typeof FILTERS)[number]

const passes: Record<Filter, (entry: TimelineEntryView) => boolean> = {
  all: () => true,
  touches: ({ kind }) => kind === 'touch' || kind === 'inquiry',
  calls: (entry) => entry.kind === 'mail' || (entry.kind === 'activity' && entry.activity !== 'note'),
  notes: (entry) => entry.kind === 'activity' && entry.note !== null,
  moves: ({ kind }) => kind === 'move',
  changes: ({ kind }) => kind === 'change',
}

/** One stream by day, newest first. `undo` takes an activity or a move back where this person may. */
export function LeadTimeline({ timeline, now, undo, className }: { timeline: TimelineView; now: Date; undo?: (entry: TimelineEntryView) => (() => void) | null; className?: string }) {
  const { t } = useTranslation('leads')
  const format = useFormat()
  const [filter, setFilter] = useState<Filter>('all')
  const days = timeline.days.map((day) => ({ ...day, entries: day.entries.filter(passes[filter]) })).filter(({ entries }) => entries.length > 0)
  const dayName = (at: Date) => {
    const [day, today] = [format.date(at, 'day-year'), format.date(now, 'day-year')]
    if (day === today) return t('timeline.today', { day: format.date(at, 'day') })
    if (day === format.date(new Date(now.getTime() - 86_400_000), 'day-year')) return t('timeline.yesterday')
    return day.slice(-4) === today.slice(-4) || format.date(at, 'day-year').startsWith(today.slice(0, 4)) ? format.date(at, 'day') : day
  }
  return (
    <div className={clsx('tl', className)}>
      <div className="tl-bar" role="group" aria-label={t('timeline.label')}>
        {FILTERS.map((each) => (
          <button key={each} type="button" aria-pressed={filter === each} onClick={() => setFilter(each)}>{t(`timeline.${each}`)}</button>
        ))}
      </div>
      {days.length === 0 && <p className="px-1 py-6 text-13 text-muted">{t('timeline.empty')}</p>}
      {days.map(({ day, entries }) => (
        <section key={day} className="tl-day">
          <h3>{entries[0] === undefined ? day : dayName(entries[0].at)}</h3>
          <ol>
            {entries.map((entry) => (
              <TimelineEntry key={entry.id} entry={entry} names={timeline.names} onUndo={undo?.(entry) ?? undefined} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
