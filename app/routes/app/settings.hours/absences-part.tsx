import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { absenceKinds } from '~/domain/orgs/vocabulary'
import { clock } from '~/lib/hours-text'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import type { HoursData } from './route'

/** Who is away: one's own, or everybody's for whoever may assign leads. */
export function AbsencesPart({ data: { hours: { absences }, members, mayAll } }: { data: HoursData }) {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const edge = (day: string, minute: number | null) => `${format.day(day)}${minute === null ? '' : ` ${clock(minute)}`}`
  return (
    <>
      {absences.length === 0 ? <p className="text-13 text-muted">{t('hours.noAbsences')}</p> : (
        <ul className="border-t border-line">
          {absences.map(({ id, name, kind, fromDay, toDay, fromMinute, toMinute, mayRemove }) => {
            const isOneDay = fromDay === toDay && fromMinute === null && toMinute === null
            const days = isOneDay ? format.day(fromDay) : `${edge(fromDay, fromMinute)} – ${edge(toDay, toMinute)}`
            return (
              <li key={id} className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 text-13">
                <span className="min-w-0 grow font-medium">{name}</span>
                <span className="tn">{days}</span>
                <span className="text-muted">{t(`hours.${kind}`)}</span>
                {mayRemove && (
                  <Form method="post" action="/settings/absences/removal">
                    <input type="hidden" name="absenceId" value={id} />
                    <Button type="submit" size="s" variant="quiet" aria-label={t('hours.takeBackOf', { who: name, days })}>{t('hours.takeBack')}</Button>
                  </Form>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <Form method="post" action="/settings/absences" className="mt-4 grid max-w-[32rem] grid-cols-2 items-end gap-3">
        {mayAll && (
          <label className="field col-span-2"><span className="field-label">{t('hours.who')}</span>
            <select name="memberId" className="input"><option value="">{t('hours.me')}</option>{members.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
          </label>
        )}
        <label className="field"><span className="field-label">{t('hours.from')}</span><input type="date" name="fromDay" required className="input" /></label>
        <label className="field"><span className="field-label">{t('hours.fromTime')}</span><input type="time" name="fromTime" className="input" /></label>
        <label className="field"><span className="field-label">{t('hours.to')}</span><input type="date" name="toDay" className="input" /></label>
        <label className="field"><span className="field-label">{t('hours.toTime')}</span><input type="time" name="toTime" className="input" /></label>
        <label className="field"><span className="field-label">{t('hours.why')}</span>
          <select name="kind" className="input">{absenceKinds.map((kind) => <option key={kind} value={kind}>{t(`hours.${kind}`)}</option>)}</select>
        </label>
        <div><Button type="submit">{t('hours.note')}</Button></div>
      </Form>
    </>
  )
}
