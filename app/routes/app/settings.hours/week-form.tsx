import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { hoursText } from '~/lib/hours-text'
import { Button } from '~/ui/primitives/button'
import type { HoursData } from './route'

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Whose hours are shown: the organisation's, or those of a team or a member; each is an address. */
export function WhoseHours({ data: { teams, members, shown, mayChange, hours } }: { data: HoursData }) {
  const { t } = useTranslation('sla')
  if (!mayChange && hours.others.length === 0) return null
  const own = (id: string) => (hours.others.some(({ teamId, memberId }) => id === (teamId ?? memberId)) ? ` · ${t('hours.own')}` : '')
  return (
    <div className="mb-4 flex flex-wrap gap-3">
      {([['team', teams, shown.teamId], ['member', members, shown.memberId]] as const).map(([name, list, current]) => list.length > 0 && (
        <Form key={name} method="get" className="flex min-w-0 grow basis-60 items-end gap-2">
          <label className="field min-w-0 grow">
            <span className="field-label">{t(name === 'team' ? 'hours.ofTeam' : 'hours.ofMember')}</span>
            <select key={current ?? ''} name={name} defaultValue={current ?? ''} className="input">
              <option value="">{t('hours.organisation')}</option>
              {list.map((one) => <option key={one.id} value={one.id}>{one.name}{own(one.id)}</option>)}
            </select>
          </label>
          <Button type="submit">{t('hours.show')}</Button>
        </Form>
      ))}
    </div>
  )
}

/** Seven plain inputs, one a weekday. */
export function WeekForm({ data: { shown, hours, mayChange }, wrong }: { data: HoursData; wrong: readonly string[] }) {
  const { t } = useTranslation('sla')
  return (
    <>
      <Form method="post" className="flex flex-col gap-3">
        <p id="week-hint" className="max-w-[60ch] text-13 text-text-2">{t('hours.weekHint', { zone: shown.timeZone ?? hours.now.timeZone })}</p>
        <input type="hidden" name="teamId" value={shown.teamId ?? ''} />
        <input type="hidden" name="memberId" value={shown.memberId ?? ''} />
        <ul className="flex max-w-[32rem] flex-col gap-2">
          {weekdays.map((day, index) => (
            <li key={day}>
              <label className="flex items-center gap-3">
                <span className="w-24 shrink-0 text-13">{t(`day.${day}`)}</span>
                <input
                  name={`hours[${String(index)}]`} defaultValue={hoursText(shown.week[index] ?? [])} readOnly={!mayChange} className="input tn" aria-describedby="week-hint"
                  aria-invalid={wrong.includes(`hours[${String(index)}]`) ? true : undefined}
                />
              </label>
            </li>
          ))}
        </ul>
        <label className="field max-w-[32rem]">
          <span className="field-label">{t('hours.zone')}</span>
          <input name="timeZone" defaultValue={shown.timeZone ?? ''} readOnly={!mayChange} className="input" />
          <span className="field-hint">{t('hours.zoneHint', { zone: hours.now.timeZone })}</span>
        </label>
        {shown.teamId !== null && <label className="check"><input type="checkbox" name="ownDays" value="true" defaultChecked={shown.ownDays} className="native-check" /><span>{t('hours.ownDays')}</span></label>}
        {mayChange ? <div><Button type="submit" variant="next">{t('hours.save')}</Button></div> : <p className="text-13 text-muted">{t('hours.readOnly')}</p>}
      </Form>
      {mayChange && shown.id !== null && shown.kind !== 'organisation' && (
        <Form method="post" action="/settings/hours/removal" className="mt-3">
          <input type="hidden" name="calendarId" value={shown.id} />
          <Button type="submit" variant="quiet">{t('hours.remove')}</Button>
        </Form>
      )}
    </>
  )
}
