import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { reportPlans, setTargets, targetsOf } from '~/domain/analytics'
import { SetTargets, TargetsOf } from '~/domain/analytics/contract'
import { targetMetrics } from '~/domain/analytics/vocabulary'
import { reading } from '~/domain/kernel'
import { page, redirectTo, submit } from '~/http'
import { localDate } from '~/lib/period'
import { PageBar, PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'targets' }

export const loader = page({ permission: 'targets:write', search: z.object({ month: TargetsOf.shape.month.optional().catch(undefined) }) }, ({ ctx, search, viewer }) =>
  reading(ctx, async (at) => {
    const month = search.month ?? localDate(ctx.now, viewer.org.timeZone).slice(0, 7)
    return { month, rows: await targetsOf(at, { month }), plans: await reportPlans(at, {}) }
  }))

export const action = submit({ permission: 'targets:write', form: SetTargets }, async ({ ctx, input }) => {
  await setTargets(ctx, input)
  return redirectTo(`/settings/targets?saved=1&month=${input.month}`)
})

/** What each member and team is to reach in a month, and when the daily report is sent. */
export default function TargetsPage() {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { month, rows, plans } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const set = rows.filter(({ values }) => targetMetrics.some((metric) => values[metric] !== null)).length
  const name = format.day(`${month}-01`, 'month')
  return (
    <>
      <PageHeader title={set === 0 ? t('targets.titleNone', { month: name }) : t('targets.title', { count: set, month: name })} />
      <PageBar>
        <Form key={month} method="get" className="flex flex-wrap items-center gap-2">
          <input type="month" name="month" defaultValue={month} required pattern="\d{4}-\d{2}" aria-label={t('targets.month')} className="input w-auto" />
          <button type="submit" className="btn">{t('targets.show')}</button>
        </Form>
      </PageBar>
      <PageBody narrow>
        {search.get('saved') !== null && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('settings.saved')}</p>}
        {answer !== undefined && <p role="alert" className="form-alert mb-4">{t('targets.refused')}</p>}
        <p className="mb-4 max-w-[64ch] text-13 text-text-2">{t('targets.about')}</p>
        <ul className="mb-8 border-t border-line">
          {rows.map(({ subject, name: whose, isTeam, values }) => (
            <li key={subject + month} className="border-b border-line py-2">
              <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-2">
                <input type="hidden" name="month" value={month} /><input type="hidden" name="subject" value={subject} />
                <span className="min-w-32 flex-1 self-center text-14 max-sm:basis-full">{whose}{isTeam && <span className="text-muted"> · {t('targets.team')}</span>}</span>
                {targetMetrics.map((metric) => (
                  <label key={metric} className="field w-36 max-sm:w-auto max-sm:flex-1"><span className="field-label">{t(`target.${metric}`)}<span className="sr">: {whose}</span></span><input name={metric} type="number" min={1} defaultValue={values[metric] ?? ''} placeholder="—" className="input tn" /></label>
                ))}
                <button type="submit" className="btn">{t('targets.save')}<span className="sr">: {whose}</span></button>
              </Form>
            </li>
          ))}
        </ul>
        <PageSection title={t('plans.title')}>
          <p className="mb-3 max-w-[64ch] text-13 text-text-2">{t('plans.about')}</p>
          <ul className="border-t border-line">{plans.map((plan) => <Plan key={plan.teamId ?? 'all'} plan={plan} />)}</ul>
        </PageSection>
      </PageBody>
    </>
  )
}

function Plan({ plan: { teamId, teamName, minute, isOn } }: { plan: Awaited<ReturnType<typeof loader>>['plans'][number] }) {
  const { t } = useTranslation('notices')
  const whose = teamName ?? t('robots.everybody')
  return (
    <li className="border-b border-line py-2">
      <Form method="post" action="/settings/targets/plan" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input type="hidden" name="teamId" value={teamId ?? ''} />
        <span className="min-w-32 flex-1 text-14 max-sm:basis-full">{whose}</span>
        <label className="check"><input type="checkbox" name="on" defaultChecked={isOn} className="native-check" /><span>{t('plans.on')}<span className="sr">: {whose}</span></span></label>
        <input type="time" name="at" required defaultValue={`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`} aria-label={`${t('plans.at')}: ${whose}`} className="input tn w-auto" />
        <button type="submit" className="btn">{t('targets.save')}<span className="sr">: {whose}</span></button>
      </Form>
    </li>
  )
}
