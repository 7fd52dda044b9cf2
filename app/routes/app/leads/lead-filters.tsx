import { Form, Link, useSubmit } from '@remix-run/react'
import Search from 'lucide-react/icons/search'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useTranslation } from 'react-i18next'
import { funnelViews, reachable, stages, verdicts } from '~/domain/leads/vocabulary'
import { PageBar } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import type { Choices } from './filter-words'

type Option = { value: string; label: string }
type Props = { applied: Record<string, string>; choices: Choices }

/** Filters are an address: a plain form that works without script, and submits itself with it. */
export function LeadFilters({ applied, choices }: Props) {
  const { t } = useTranslation('leads')
  const submit = useSubmit()
  const named = (list: readonly { id: string; name: string }[]): Option[] => list.map(({ id, name }) => ({ value: id, label: name }))
  const none = { value: 'none', label: t('filter.none') }
  const hidden = ['campaign', 'source', 'reached', 'view', 'lost', 'from', 'to'].filter((name) => applied[name] !== undefined).length
  const pick = (name: string, label: string, options: Option[]) => (
    <label className="lf-pick" data-set={applied[name] === undefined ? undefined : 'true'}>
      <span className="sr">{label}</span>
      <select name={name} defaultValue={applied[name] ?? ''} className="input">
        <option value="">{label}</option>
        {options.map(({ value, label: text }) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  )
  return (
    <PageBar>
      <Form
        key={JSON.stringify(applied)} method="get" action="/leads" role="search" aria-label={t('filter.label')} className="lf"
        onChange={(event) => { if (event.target instanceof HTMLSelectElement) void submit(event.currentTarget, { action: '/leads' }) }}
      >
        <label className="input input-group lf-q">
          <Search className="i ml-2.5 text-muted" aria-hidden="true" />
          <input type="search" name="q" defaultValue={applied['q']} placeholder={t('filter.q')} aria-label={t('filter.q')} />
        </label>
        {pick('stage', t('filter.stage'), stages.map((value) => ({ value, label: t(`stage.${value}`) })))}
        {pick('channel', t('filter.channel'), [...named(choices.channels), none])}
        {pick('owner', t('filter.owner'), [{ value: 'me', label: t('filter.me') }, ...named(choices.owners), none])}
        {pick('verdict', t('filter.verdict'), verdicts.map((value) => ({ value, label: t(`verdict.${value}`) })))}
        <details className="lf-more" open={hidden > 0}>
          <summary className="btn"><SlidersHorizontal className="i" aria-hidden="true" />{t('filter.more')}{hidden > 0 && <span className="chip tn">{hidden}</span>}</summary>
          <div className="lf-panel">
            {pick('view', t('filter.view'), funnelViews.map((value) => ({ value, label: t(`filter.${value}`) })))}
            <label className="lf-day"><span>{t('filter.from')}</span><input type="date" name="from" defaultValue={applied['from']} className="input" /></label>
            <label className="lf-day"><span>{t('filter.to')}</span><input type="date" name="to" defaultValue={applied['to']} className="input" /></label>
            {pick('reached', t('filter.reached'), reachable.map((value) => ({ value, label: t(`stage.${value}`) })))}
            {pick('campaign', t('filter.campaign'), [...named(choices.campaigns), none])}
            {pick('source', t('filter.source'), named(choices.sources))}
            <label className="check"><input type="checkbox" name="lost" value="1" defaultChecked={applied['lost'] === '1'} className="native-check" /><span>{t('filter.lost')}</span></label>
            {applied['as_of'] !== undefined && <input type="hidden" name="as_of" value={applied['as_of']} />}
          </div>
        </details>
        <Button type="submit">{t('filter.apply')}</Button>
        {Object.keys(applied).length > 0 && <Link to="/leads" className="btn btn-quiet">{t('filter.clear')}</Link>}
      </Form>
    </PageBar>
  )
}
