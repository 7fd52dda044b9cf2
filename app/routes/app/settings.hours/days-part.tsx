import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'
import type { HoursData } from './route'

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Holidays and extra working days, and where they come from. */
export function DaysPart({ data: { hours, members, mayChange, shown } }: { data: HoursData }) {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const nameOf = (id: string | null) => members.find((member) => member.id === id)?.name ?? t('hours.organisation')
  const days = hours.days.filter(({ calendarId }) => calendarId === (shown.teamId === null ? hours.organisation.id : shown.id))
  return (
    <>
      <p className="mb-3 max-w-[60ch] text-13 text-text-2">{t('hours.daysHint')}</p>
      {days.length === 0 ? <p className="text-13 text-muted">{t('hours.noDays')}</p> : (
        <ul className="border-t border-line">
          {days.map(({ calendarId, day, kind, name, likeWeekday, addedAt, addedBy }) => (
            <li key={calendarId + day} className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 text-13">
              <span className="w-36 tn">{format.day(day, 'weekday')} {day.slice(0, 4)}</span>
              <span className="min-w-0 grow">{name} {kind === 'working' && <Chip>{t('hours.likeDay', { day: t(`day.${weekdays[(likeWeekday ?? 1) - 1] ?? '1'}`) })}</Chip>}</span>
              <span className="text-12 text-muted">{t('hours.byWhom', { day: format.date(addedAt, 'day'), who: nameOf(addedBy) })}</span>
              {mayChange && (
                <Form method="post" action="/settings/hours/days/removal">
                  <input type="hidden" name="calendarId" value={calendarId} />
                  <input type="hidden" name="day" value={day} />
                  <Button type="submit" size="s" variant="quiet" aria-label={t('hours.removeDay', { day: format.day(day) })}>×</Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && shown.memberId === null && <PasteForm teamId={shown.teamId} />}
    </>
  )
}

function PasteForm({ teamId }: { teamId: string | null }) {
  const { t } = useTranslation('sla')
  return (
    <Form method="post" action="/settings/hours/days" className="mt-4 flex max-w-[32rem] flex-col gap-3">
      <input type="hidden" name="teamId" value={teamId ?? ''} />
      <label className="field">
        <span className="field-label">{t('hours.paste')}</span>
        <textarea name="lines" rows={4} required className="input" />
        <span className="field-hint">{t('hours.pasteHint')}</span>
      </label>
      <div className="flex flex-wrap items-end gap-3">
        <label className="field grow basis-40"><span className="field-label">{t('hours.kind')}</span>
          <select name="kind" className="input"><option value="off">{t('hours.off')}</option><option value="working">{t('hours.working')}</option></select>
        </label>
        <label className="field grow basis-40"><span className="field-label">{t('hours.like')}</span>
          <select name="likeWeekday" className="input">{weekdays.map((day) => <option key={day} value={day}>{t(`day.${day}`)}</option>)}</select>
        </label>
        <Button type="submit">{t('hours.add')}</Button>
      </div>
    </Form>
  )
}
