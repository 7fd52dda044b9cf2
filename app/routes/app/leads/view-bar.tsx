import { Form, Link, useFetcher, useSearchParams } from '@remix-run/react'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { viewScopes, viewSearch } from '~/domain/views/vocabulary'
import { Disclosure } from '~/ui/layout/disclosure'
import { Button } from '~/ui/primitives/button'
import { differs } from './list-address'
import type { ListData } from './route'

const addressOf = ({ id, search }: { id: string; search: string }) => `/leads?v=${id}${/(?:^|&)layout=/.test(search) ? '' : '&layout=table'}${search === '' ? '' : `&${search}`}`

/** Which saved view this is, the others, and what can be done with it. Every choice is a link or a form of its own. */
export function ViewBar({ data }: { data: ListData }) {
  const { t } = useTranslation('lists')
  const [search] = useSearchParams()
  const current = data.views.find(({ id }) => id === search.get('v'))
  const deleted = search.get('deleted')
  const isChanged = current === undefined ? viewSearch(search) !== '' : differs(search, current.search)
  const address = viewSearch(search)
  return (
    <div className="ll-views">
      <Disclosure className="ll-menu" label={t('views')} summary={<span className="btn"><b className="ll-view-name">{current?.name ?? t('allLeads')}</b><ChevronDown className="i i-s" aria-hidden="true" /></span>}>
        <div className="pop ll-pop">
          <ul className="list">
            <li><Link className="opt" to="/leads?layout=table">{t('allLeads')}{current === undefined && <Check className="i opt-end" aria-hidden="true" />}</Link></li>
            {data.views.map((view) => (
              <li key={view.id}>
                <Link className="opt" to={addressOf(view)}>
                  <span>{view.name}<span className="opt-desc">{t(`scope.${view.scope}`)}{view.isDefault ? ` · ${t('opensFirst')}` : ''}</span></span>
                  {view.id === current?.id && <Check className="i opt-end" aria-hidden="true" />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </Disclosure>
      {isChanged && current?.mayChange === true && <ViewForm action={`/views/${current.id}/search`} fields={{ search: address }} label={t('save')} />}
      {isChanged && <SaveAs address={address} />}
      {isChanged && current !== undefined && <Link className="btn btn-quiet" to={addressOf(current)}>{t('reset')}</Link>}
      {current !== undefined && <ManageView view={current} />}
      {deleted !== null && <p role="status" className="ll-note">{t('viewDeleted')} <ViewForm action={`/views/${deleted}/restoration`} fields={{}} label={t('undo')} /></p>}
      {search.get('refused') !== null && <p role="alert" className="ll-note">{t('viewRefused')}</p>}
    </div>
  )
}

function ViewForm({ action, fields, label, danger }: { action: string; fields: Record<string, string>; label: string; danger?: boolean }) {
  return (
    <Form method="post" action={action} className="inline-flex">
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Button type="submit" variant={danger === true ? 'danger' : 'plain'}>{label}</Button>
    </Form>
  )
}

function ScopeSelect({ value }: { value: string }) {
  const { t } = useTranslation('lists')
  return <select name="scope" className="input" defaultValue={value} aria-label={t('for')}>{viewScopes.map((scope) => <option key={scope} value={scope}>{t(`scope.${scope}`)}</option>)}</select>
}

function SaveAs({ address }: { address: string }) {
  const { t } = useTranslation('lists')
  return (
    <Disclosure className="ll-menu" label={t('saveAs')} summary={<span className="btn">{t('saveAs')}</span>}>
      <Form method="post" action="/views" className="pop pop-pad ll-form">
        <input type="hidden" name="search" value={address} />
        <input name="name" className="input" placeholder={t('viewName')} aria-label={t('viewName')} required maxLength={60} />
        <ScopeSelect value="personal" />
        <Button type="submit" variant="next">{t('save')}</Button>
      </Form>
    </Disclosure>
  )
}

function ManageView({ view }: { view: ListData['views'][number] }) {
  const { t } = useTranslation('lists')
  const pin = useFetcher()
  return (
    <Disclosure className="ll-menu" label={t('manage')} summary={<span className="btn btn-quiet">{t('manage')}</span>}>
      <div className="pop pop-pad ll-form">
        {view.mayChange && (
          <Form method="post" action={`/views/${view.id}/name`} className="ll-form">
            <input name="name" className="input" defaultValue={view.name} aria-label={t('viewName')} required maxLength={60} />
            <ScopeSelect value={view.scope} />
            <Button type="submit">{t('rename')}</Button>
          </Form>
        )}
        <pin.Form method="post" action={`/views/${view.id}/pin`}><input type="hidden" name="pinned" value={view.isPinned ? 'no' : 'yes'} /><Button type="submit" wide>{t(view.isPinned ? 'unpin' : 'pin')}</Button></pin.Form>
        <Form method="post" action={`/views/${view.id}/default`}><input type="hidden" name="is" value={view.isDefault ? 'no' : 'yes'} /><Button type="submit" wide>{t(view.isDefault ? 'notFirst' : 'openFirst')}</Button></Form>
        {view.mayChange && <ViewForm action={`/views/${view.id}/removal`} fields={{}} label={t('delete')} danger />}
      </div>
    </Disclosure>
  )
}
