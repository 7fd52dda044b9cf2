import { Form, Link, useFetcher, useSearchParams } from '@remix-run/react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { filterOps } from '~/domain/leads/vocabulary'
import type { Condition } from '~/lib/conditions'
import { namedSpans } from '~/lib/relative-days'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import { countedAtMost } from './counted'
import { conditionsIn, listHref, withSaid, type Place } from './list-address'
import type { ListData } from './route'
import { useConditionWords } from './use-condition-words'

type Draft = { place: Place; at: number; condition: Condition }

function draftIn(search: URLSearchParams, firstOp: (field: string) => string): Draft | null {
  const edit = /^(f|or)-(\d+)$/.exec(search.get('edit') ?? '')
  if (edit !== null) {
    const place = edit[1] === 'or' ? 'or' : 'f'
    const condition = conditionsIn(search, place)[Number(edit[2])]
    return condition === undefined ? null : { place, at: Number(edit[2]), condition }
  }
  const field = search.get('add')
  return field === null ? null : { place: search.get('in') === 'or' ? 'or' : 'f', at: -1, condition: { field, op: firstOp(field), values: [] } }
}

/** One condition being written: a plain form whose answer is the list's new address. On a phone it is a sheet. */
export function ConditionEditor({ data }: { data: ListData }) {
  const words = useConditionWords(data)
  const [search] = useSearchParams()
  const draft = draftIn(search, (field) => filterOps[words.kindOf(field)][0])
  if (draft === null || !words.fieldNames.some((name) => name === draft.condition.field)) return null
  return <Editor key={`${draft.place}${draft.at}${draft.condition.field}`} draft={draft} data={data} />
}

function Editor({ draft, data }: { draft: Draft; data: ListData }) {
  const { t } = useTranslation('lists')
  const { t: common } = useTranslation()
  const [search] = useSearchParams()
  const words = useConditionWords(data)
  const format = useFormat()
  const counter = useFetcher<{ count: number | null }>()
  const box = useRef<HTMLFormElement>(null)
  const { place, at, condition: { field } } = draft
  const kind = words.kindOf(field)
  const [op, setOp] = useState(draft.condition.op)
  const kept = [...search].filter(([name]) => !['cursor', 'add', 'edit', 'in', 'peek'].includes(name))
  const count = counter.data?.count
  useEffect(() => { box.current?.querySelector<HTMLElement>('select, input:not([type=hidden])')?.focus() }, [])
  const preview = (event: FormEvent<HTMLFormElement>) => {
    const said = withSaid(new URLSearchParams(new FormData(event.currentTarget) as never))
    counter.load(`/leads/count?${said.toString()}`)
  }
  return (
    <Form ref={box} method="get" action="/leads" className="ll-editor" aria-label={words.fieldLabel(field)} onChange={preview} preventScrollReset>
      {kept.map(([name, value], index) => <input key={index} type="hidden" name={name} value={value} />)}
      <input type="hidden" name="x.field" value={field} />
      <input type="hidden" name="x.in" value={place} />
      <input type="hidden" name="x.at" value={at} />
      <b className="text-13 font-medium">{words.fieldLabel(field)}</b>
      <select name="x.op" className="input ll-op" aria-label={t('how')} value={op} onChange={(event) => setOp(event.target.value)}>
        {filterOps[kind].map((name) => <option key={name} value={name}>{t(`op.${name}`)}</option>)}
      </select>
      <Values kind={kind} field={field} op={op} values={op === draft.condition.op ? draft.condition.values : []} words={words} currency={words.currencyOf(field) ?? data.currency} />
      <span className="ll-count" role="status">{count === undefined ? '' : count === null ? t('many') : count >= countedAtMost ? t('countMore') : t('count', { count, formatted: format.number(count) })}</span>
      <span className="ll-editor-end">
        <Link to={listHref(search, {})} className="btn btn-quiet">{common('action.cancel')}</Link>
        <Button type="submit" variant="next">{t('apply')}</Button>
      </span>
    </Form>
  )
}

type ValueProps = { kind: string; field: string; op: string; values: string[]; words: ReturnType<typeof useConditionWords>; currency: string }

function Values({ kind, field, op, values, words, currency }: ValueProps) {
  const { t } = useTranslation('lists')
  const { t: common } = useTranslation()
  const [first = '', second = ''] = values
  const options = words.optionsOf(field)
  switch (op) {
    case 'is': case 'not':
      if (options.length === 0) return <input name="x.text" className="input ll-value" defaultValue={values.join(', ')} placeholder={field === 'country' ? 'CN, DE' : undefined} aria-label={t('value')} required />
      return <span className="ll-options" role="group" aria-label={t('value')}>{options.map(({ value, label }) => <label key={value} className="check"><input type="checkbox" className="native-check" name="x.v" value={value} defaultChecked={values.includes(value)} /><span>{label}</span></label>)}</span>
    case 'in': return <select name="x.span" className="input ll-op" aria-label={t('value')} defaultValue={first === '' ? 'today' : first}>{namedSpans.map((name) => <option key={name} value={name}>{t(`span.${name}`)}</option>)}</select>
    case 'last': case 'next': case 'ago': return <label className="ll-days"><input name="x.days" type="number" min={1} max={3650} className="input tn" defaultValue={first === '' ? '7' : first} aria-label={t('days')} required /><span>{t('days')}</span></label>
    case 'from': case 'to': return <input name="x.day" type="date" className="input ll-op" defaultValue={first} aria-label={t('value')} required />
    case 'between': return <><input name="x.day" type="date" className="input ll-op" defaultValue={first} aria-label={common('field.from')} required /><input name="x.until" type="date" className="input ll-op" defaultValue={second} aria-label={common('field.to')} required /></>
    case 'over': case 'under': case 'eq':
      return <label className="ll-days"><input name="x.number" inputMode="decimal" pattern="-?\d+(\.\d+)?" className="input tn" defaultValue={first} aria-label={t('value')} required /><span>{kind === 'wait' ? t('minutesUnit') : kind === 'money' ? (second === '' ? currency : second) : ''}</span>{kind === 'money' && <input type="hidden" name="x.currency" value={second === '' ? currency : second} />}</label>
    case 'has': return <input name="x.text" className="input ll-value" defaultValue={first} aria-label={t('value')} maxLength={100} required />
    default: return null
  }
}
