import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, reading } from '~/domain/kernel'
import { listMembers, listTeams, setHours, workingHours } from '~/domain/orgs'
import { SetHours } from '~/domain/orgs/contract'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useFormat } from '~/ui/use-format'
import { AbsencesPart } from './absences-part'
import { DaysPart } from './days-part'
import { WeekForm, WhoseHours } from './week-form'

export const handle: PageHandle = { title: 'hours' }

const Search = z.object({ team: z.string().optional().catch(undefined), member: z.string().optional().catch(undefined) })

export const loader = page({ permission: 'members:read', search: Search }, ({ ctx, search }) =>
  reading(ctx, async (at) => {
    const hours = await workingHours(at, {})
    const members = (await listMembers(at, {})).filter(({ status, role }) => status === 'active' && role !== 'partner').map(({ id, name }) => ({ id, name }))
    const teams = (await listTeams(at, {})).map(({ id, name }) => ({ id, name }))
    const chosen = hours.others.find(({ teamId, memberId }) => (teamId !== null && teamId === search.team) || (memberId !== null && memberId === search.member))
    const whose = chosen ?? [...teams.map(({ id, name }) => ({ teamId: id, memberId: null, name })), ...members.map(({ id, name }) => ({ teamId: null, memberId: id, name }))]
      .filter(({ teamId, memberId }) => (teamId ?? memberId) === (search.team ?? search.member)).map((one) => ({ ...hours.organisation, ...one, id: null, timeZone: null, kind: 'team' as const }))[0]
    return { hours, members, teams, shown: whose ?? hours.organisation, now: ctx.now, mayChange: can(ctx.actor, 'settings:write'), mayAll: can(ctx.actor, 'leads:assign') }
  }),
)

export const action = submit({ permission: 'settings:write', form: SetHours }, async ({ ctx, input }) => {
  await setHours(ctx, { ...input, hours: input.hours.map((spans) => spans.map(({ from, to }) => `${text(from)}-${text(to > 1_440 ? to - 1_440 : to)}`).join(', ')) })
  return redirectTo(`/settings/hours?saved=1${input.teamId === null ? '' : `&team=${input.teamId}`}${input.memberId === null ? '' : `&member=${input.memberId}`}`)
})

const text = (minutes: number) => `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`

export type HoursData = Awaited<ReturnType<typeof loader>>

export default function HoursPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('sla')
  const [search] = useSearchParams()
  const wrong = Object.keys(answer?.reply?.error ?? {})
  const refused = search.get('refused')
  return (
    <>
      <PageHeader title={useSentence(data)} />
      <PageBody narrow>
        {wrong.length > 0 && <p role="alert" className="form-alert mb-4">{t('hours.wrong')}</p>}
        {refused !== null && <p role="alert" className="form-alert mb-4">{t(search.get('of') === 'absence' ? 'hours.backwards' : 'hours.notDays')}</p>}
        {search.get('saved') !== null && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('hours.saved')}</p>}
        <PageSection title={t('hours.week')}>
          <WhoseHours data={data} />
          <WeekForm key={data.shown.id ?? data.shown.name ?? ''} data={data} wrong={wrong} />
        </PageSection>
        <PageSection title={t('hours.days')}><DaysPart data={data} /></PageSection>
        <PageSection title={t('hours.absences')}><AbsencesPart data={data} /></PageSection>
      </PageBody>
    </>
  )
}

/** What is true now. */
function useSentence({ hours: { now }, now: at }: HoursData): string {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const near = (moment: Date) => format.date(moment, format.date(moment, 'day-year') === format.date(at, 'day-year') ? 'time' : 'moment')
  const state = now.isOpen ? (now.closesAt === null ? t('hours.openAlways') : t('hours.open', { time: near(now.closesAt) })) : now.opensAt === null ? t('hours.never') : t('hours.closed', { when: near(now.opensAt) })
  if (now.nextOff === null) return `${state}.`
  return `${state} · ${t('hours.nextOff', { day: format.day(now.nextOff.day, 'day'), name: now.nextOff.name === '' ? '' : ` (${now.nextOff.name})` })}`
}
