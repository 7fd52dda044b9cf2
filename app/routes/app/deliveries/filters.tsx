import { Form, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { deliveryVerdicts, ways } from '~/domain/capture/vocabulary'
import { Button } from '~/ui/primitives/button'

export const filterNames = ['sourceId', 'state', 'way', 'since', 'until', 'search'] as const

/** What of the log is shown; it stands in the address. */
export function Filters({ sources }: { sources: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation('sources')
  const [params] = useSearchParams()
  const said = (name: (typeof filterNames)[number]) => params.get(name) ?? ''
  return (
    <Form method="get" className="flex flex-wrap items-center gap-2" key={params.toString()}>
      <input type="search" name="search" defaultValue={said('search')} placeholder={t('log.search')} aria-label={t('log.search')} className="input w-64 max-w-full" autoComplete="off" />
      <select name="sourceId" defaultValue={said('sourceId')} aria-label={t('log.source')} className="input w-auto max-w-52">
        <option value="">{t('log.allSources')}</option>
        {sources.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
      <select name="state" defaultValue={said('state')} aria-label={t('log.state')} className="input w-auto">
        <option value="">{t('log.allStates')}</option>
        {deliveryVerdicts.map((verdict) => <option key={verdict} value={verdict}>{t(`verdict.${verdict}`)}</option>)}
      </select>
      <select name="way" defaultValue={said('way')} aria-label={t('log.way')} className="input w-auto">
        <option value="">{t('log.allWays')}</option>
        {ways.map((way) => <option key={way} value={way}>{t(`way.${way}`)}</option>)}
      </select>
      <label className="flex items-center gap-1 text-12 text-muted">{t('log.since')}<input type="date" name="since" defaultValue={said('since')} className="input w-auto" /></label>
      <label className="flex items-center gap-1 text-12 text-muted">{t('log.until')}<input type="date" name="until" defaultValue={said('until')} className="input w-auto" /></label>
      <Button type="submit" size="s">{t('log.filter')}</Button>
    </Form>
  )
}
