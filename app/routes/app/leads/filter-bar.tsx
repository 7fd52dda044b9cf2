import { Form, Link, useSearchParams } from '@remix-run/react'
import ListFilter from 'lucide-react/icons/list-filter'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Disclosure } from '~/ui/layout/disclosure'
import { ConditionEditor } from './condition-editor'
import { useAppliedWords } from './filter-words'
import { conditionsIn, listHref, type Place } from './list-address'
import type { ListData } from './route'
import { useConditionWords } from './use-condition-words'
import { writeCondition } from '~/lib/conditions'

/** What the list is filtered by, each part to change or to take away. Links and plain forms: it works without a script. */
export function FilterBar({ data }: { data: ListData }) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const [search] = useSearchParams()
  const words = useConditionWords(data)
  const applied = useAppliedWords()(data.applied, data.choices)
  const [all, any] = [conditionsIn(search, 'f'), conditionsIn(search, 'or')]
  const kept = [...search].filter(([name]) => !['q', 'cursor', 'add', 'edit', 'in', 'peek'].includes(name))
  const isFiltered = applied.length + all.length + any.length > 0
  const without = (place: Place, at: number) => listHref(search, { [place]: search.getAll(place).filter((_, index) => index !== at) })
  const chips = (place: Place) => (place === 'f' ? all : any).map((condition, at) => (
    <span key={writeCondition(condition)} className="ll-chip">
      <Link to={listHref(search, { edit: `${place}-${at}` })} preventScrollReset>{words.sentence(condition)}</Link>
      <Link to={without(place, at)} aria-label={leads('filter.remove', { name: words.sentence(condition) })} className="ll-x"><X className="i-s" aria-hidden="true" /></Link>
    </span>
  ))
  return (
    <>
      <Form method="get" action="/leads" role="search" aria-label={leads('filter.label')} className="ll-q">
        {kept.map(([name, value], at) => <input key={at} type="hidden" name={name} value={value} />)}
        <label className="input input-group">
          <Search className="i ml-2.5 text-muted" aria-hidden="true" />
          <input key={search.get('q') ?? ''} type="search" name="q" defaultValue={search.get('q') ?? ''} placeholder={leads('filter.q')} aria-label={leads('filter.q')} />
        </label>
      </Form>
      <FieldMenu label={t('add')} place="f" words={words} />
      {isFiltered && (
        <div className="ll-chips" role="group" aria-label={leads('filter.label')}>
          {applied.map(({ names, text }) => (
            <span key={names.join()} className="ll-chip"><span>{text}</span><Link to={listHref(search, Object.fromEntries(names.map((name) => [name, null])))} aria-label={leads('filter.remove', { name: text })} className="ll-x"><X className="i-s" aria-hidden="true" /></Link></span>
          ))}
          {chips('f')}
          {any.length > 0 && <span className="ll-or"><span className="text-12 text-muted">{t('anyOf')}</span>{chips('or')}</span>}
          <FieldMenu label={t(any.length === 0 ? 'addOr' : 'addOrMore')} place="or" words={words} quiet />
          <Link to={data.views.some(({ isDefault }) => isDefault) ? '/leads?layout=table' : '/leads'} className="btn btn-quiet btn-s">{leads('filter.clear')}</Link>
        </div>
      )}
      <ConditionEditor data={data} />
    </>
  )
}

function FieldMenu({ label, place, words, quiet }: { label: string; place: Place; words: ReturnType<typeof useConditionWords>; quiet?: boolean }) {
  const [search] = useSearchParams()
  return (
    <Disclosure className="ll-menu" label={label} summary={<span className={quiet === true ? 'btn btn-quiet btn-s' : 'btn'}>{quiet !== true && <ListFilter className="i" aria-hidden="true" />}{label}</span>}>
      <ul className="pop ll-pop list">
        {words.fieldNames.map((name) => <li key={name}><Link className="opt" to={listHref(search, { add: name, in: place })} preventScrollReset>{words.fieldLabel(name)}</Link></li>)}
      </ul>
    </Disclosure>
  )
}
