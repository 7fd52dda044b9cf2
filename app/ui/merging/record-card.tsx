import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../primitives/numbers'
import { useFormat } from '../use-format'
import type { MergeKind, RecordView } from './types'

export const recordHref = (id: string): string => (id.startsWith('per_') ? `/people/${id}` : `/companies/${id}`)

/** One of two, side by side: who it is, how it is reached, since when it is known. */
export function RecordCard({ record, kind, heading }: { record: RecordView; kind: MergeKind; heading?: string }) {
  const { t } = useTranslation('merging')
  const format = useFormat()
  return (
    <div className="mg-card">
      {heading !== undefined && <p className="text-12 text-muted">{heading}</p>}
      <p className="text-14"><Link className="lnk font-semibold" to={recordHref(record.id)}>{record.name === '' ? t('nameless') : record.name}</Link></p>
      <p className="text-13 text-muted">{record.about.length === 0 ? t(`${kind}.nothing`) : record.about.join(' · ')}</p>
      <ul className="text-13 tn">{record.reach.map((reach) => <li key={reach}>{reach}</li>)}</ul>
      <p className="text-12 text-muted">{t('leads', { count: record.leads, formatted: format.number(record.leads) })} · {t('since')} <Moment at={record.createdAt} style="day" /></p>
    </div>
  )
}
