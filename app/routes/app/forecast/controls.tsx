import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { forecastDimensions } from '~/domain/analytics/vocabulary'
import { PageBar } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { forecastHref } from './links'
import type { ForecastData } from './route'

/** Whose leads, and cut by what. Every choice is an address. */
export function Controls({ data: { asked, report, choices } }: { data: ForecastData }) {
  const { t } = useTranslation('forecast')
  const pick = (name: 'owner' | 'channel' | 'line', list: readonly { id: string; name: string }[], none: string | null) => (
    <select name={name} aria-label={t(`by.${name}`)} defaultValue={asked[name] ?? ''} className="input w-auto max-w-44">
      <option value="">{t(`every.${name}`)}</option>
      {none !== null && <option value="none">{none}</option>}
      {list.map(({ id, name: label }) => <option key={id} value={id}>{label}</option>)}
    </select>
  )
  return (
    <PageBar>
      <Form key={`${asked.owner}${asked.channel}${asked.line}`} method="get" className="flex flex-wrap items-center gap-2">
        <input type="hidden" name="by" value={asked.by} />
        {pick('owner', choices.owners, t('none.owner'))}
        {pick('channel', choices.channels, t('none.channel'))}
        {pick('line', choices.lines, null)}
        <Button type="submit">{t('show')}</Button>
      </Form>
      <SegmentedLinks label={t('by.label')} items={forecastDimensions.map((by) => ({ href: forecastHref(asked, { by }), label: t(`by.${by}`), current: asked.by === by }))} />
      <span className="ml-auto text-12 text-muted">{t('zone', { zone: report.time_zone })}</span>
    </PageBar>
  )
}
