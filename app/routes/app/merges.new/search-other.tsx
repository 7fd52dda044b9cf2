import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { RecordCard } from '~/ui/merging/record-card'
import type { MergeKind, RecordView } from '~/ui/merging/types'
import { Button, LinkButton } from '~/ui/primitives/button'

/** Finds the one to merge with, by name, number or address. */
export function SearchOther({ kind, keptId, q, found }: { kind: MergeKind; keptId: string; q: string; found: readonly RecordView[] }) {
  const { t } = useTranslation('merging')
  return (
    <div className="flex max-w-[44rem] flex-col gap-6">
      <Form method="get" role="search" className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="kept" value={keptId} />
        <label className="field min-w-[14rem] flex-1"><span className="field-label">{t('search.label')}</span><input className="input" type="search" name="q" defaultValue={q} autoComplete="off" /></label>
        <Button type="submit">{t('search.find')}</Button>
      </Form>
      {q !== '' && found.length === 0 && <p className="text-13 text-muted" role="status">{t('search.none')}</p>}
      <ul className="flex flex-col gap-4">
        {found.map((record) => (
          <li key={record.id} className="flex flex-col gap-2">
            <RecordCard record={record} kind={kind} />
            <div><LinkButton size="s" to={`?kind=${kind}&kept=${keptId}&gone=${record.id}`} aria-label={`${t('search.pick')} ${record.name}`}>{t('search.pick')}</LinkButton></div>
          </li>
        ))}
      </ul>
    </div>
  )
}
