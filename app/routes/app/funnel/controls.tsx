import CalendarDays from 'lucide-react/icons/calendar-days'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { dimensionNames } from '~/domain/analytics/vocabulary'
import { Disclosure } from '~/ui/layout/disclosure'
import { PageBar } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { useFormat } from '~/ui/use-format'
import { funnelHref, type Asked } from './links'

const presets = ['last-28-days', 'last-90-days', 'month-to-date', 'quarter-to-date', 'last-month', 'last-quarter', 'year-to-date', 'all'] as const

type ControlsProps = { asked: Asked; timeZone: string; today: string; previous: { from: string; to: string } | null }

/** The question, in words: which days, read how, cut by what, as of when. Every choice is an address. */
export function Controls({ asked, timeZone, today, previous }: ControlsProps) {
  const { t } = useTranslation('funnel')
  return (
    <PageBar>
      <PeriodChoice asked={asked} today={today} />
      <SegmentedLinks label={t('view.label')} items={(['cohort', 'activity'] as const).map((view) => ({ href: funnelHref(asked, { view }), label: t(`view.${view}`), current: asked.view === view }))} />
      <SegmentedLinks label={t('by.label')} items={dimensionNames.map((by) => ({ href: funnelHref(asked, { by }), label: t(`by.${by}`), current: asked.by === by }))} />
      <AsOf asked={asked} today={today} />
      <Compare asked={asked} previous={previous} />
      <span className="ml-auto text-12 text-muted">{t('zone', { zone: timeZone })}</span>
    </PageBar>
  )
}

function PeriodChoice({ asked, today }: { asked: Asked; today: string }) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const days = asked.preset === 'all' ? t('preset.all') : format.dayRange(asked.from, asked.to)
  const said = t(asked.view === 'cohort' ? 'period.cohort' : 'period.activity', { days })
  return (
    <Disclosure className="relative" label={t('period.choose', { now: said })} summary={<span className="btn"><CalendarDays className="i" aria-hidden="true" />{said}<ChevronDown className="i i-s" aria-hidden="true" /></span>}>
      <div className="pop pop-pad absolute left-0 top-full z-30 mt-1 flex w-72 max-w-[calc(100vw-32px)] flex-col gap-3">
        <ul className="grid grid-cols-2 gap-1">
          {presets.map((preset) => (
            <li key={preset}>
              <Link className="opt flex min-h-8 items-center" to={funnelHref(asked, { preset })} aria-current={asked.preset === preset ? 'true' : undefined} preventScrollReset>{t(`preset.${preset}`)}</Link>
            </li>
          ))}
        </ul>
        <Form method="get" action="/funnel" className="flex flex-col gap-2 border-t border-line pt-3">
          <Kept asked={asked} without="period" />
          <Day name="from" label={t('period.from')} value={asked.from} max={today} />
          <Day name="to" label={t('period.to')} value={asked.to} />
          <Button type="submit">{t('period.apply')}</Button>
        </Form>
      </div>
    </Disclosure>
  )
}

function AsOf({ asked, today }: { asked: Asked; today: string }) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  const said = asked.asOf === null ? t('asOf.now') : t('asOf.day', { day: format.day(asked.asOf) })
  return (
    <Disclosure className="relative" label={said} summary={<span className="btn btn-quiet">{said}<ChevronDown className="i i-s" aria-hidden="true" /></span>}>
      <div className="pop pop-pad absolute left-0 top-full z-30 mt-1 flex w-64 flex-col gap-2">
        <p className="text-12 text-muted">{t('asOf.hint')}</p>
        <Form method="get" action="/funnel" className="flex flex-col gap-2">
          <Kept asked={asked} without="as_of" />
          <Day name="as_of" label={t('asOf.label')} value={asked.asOf ?? today} max={today} />
          <Button type="submit">{t('period.apply')}</Button>
        </Form>
        {asked.asOf !== null && <Link className="lnk text-13" to={funnelHref(asked, { asOf: null })} preventScrollReset>{t('asOf.clear')}</Link>}
      </div>
    </Disclosure>
  )
}

function Compare({ asked, previous }: Pick<ControlsProps, 'asked' | 'previous'>) {
  const { t } = useTranslation('funnel')
  const format = useFormat()
  if (asked.preset === 'all' || asked.asOf !== null) return null
  const isOn = asked.compare === 'previous'
  return (
    <Link className="btn btn-quiet" to={funnelHref(asked, { compare: isOn ? 'off' : 'previous' })} aria-pressed={isOn} role="button" preventScrollReset>
      {isOn && previous !== null ? t('compare.on', { days: format.dayRange(previous.from, previous.to) }) : t('compare.off')}
    </Link>
  )
}

function Day({ name, label, value, max }: { name: string; label: string; value: string; max?: string }) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input className="input" type="date" name={name} defaultValue={value} max={max} required />
    </label>
  )
}

/** What a form of the bar leaves as it is. */
function Kept({ asked, without }: { asked: Asked; without: 'period' | 'as_of' }) {
  const params = [...new URLSearchParams(funnelHref(asked).split('?')[1])]
  const dropped = without === 'period' ? ['period', 'from', 'to'] : ['as_of']
  return <>{params.filter(([name]) => !dropped.includes(name)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}</>
}
