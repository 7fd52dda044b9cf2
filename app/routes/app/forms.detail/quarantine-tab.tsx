import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SubmissionRow } from '~/domain/capture'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'

/** What somebody must look at first. Released, it becomes a lead with the time it came; discarded, its proof stays. */
export function QuarantineTab({ rows, now }: { rows: readonly SubmissionRow[]; now: Date }) {
  const { t } = useTranslation('forms')
  if (rows.length === 0) return <EmptyState kind="empty" title={t('quarantine.emptyTitle')}>{t('quarantine.empty')}</EmptyState>
  return <ul className="max-w-[820px] border-t border-line">{rows.map((row) => <Held key={row.deliveryId} row={row} now={now} />)}</ul>
}

function Held({ row, now }: { row: SubmissionRow; now: Date }) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const fetcher = useFetcher()
  const { who } = row
  const name = who === null || who.name === '' ? (who?.contacts[0] ?? t('quarantine.erased')) : who.name
  const busy = fetcher.state !== 'idle'
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-14 font-medium">{name}{who !== null && who.company !== '' && <span className="font-normal text-muted"> · {who.company}</span>}</p>
        <p className="text-13 text-muted">{[...(who?.contacts ?? []), format.relative(row.at, now)].join(' · ')}</p>
        {who !== null && who.message !== '' && <p className="mt-1 line-clamp-3 text-13 break-words">{who.message}</p>}
        <p className="mt-2 flex flex-wrap gap-1.5">{row.reasons.map((reason) => <Chip key={reason} tone="warn">{t(`reason.${reason}`)}</Chip>)}</p>
      </div>
      <div className="flex gap-2">
        <fetcher.Form method="post" action={`/forms/submissions/${row.deliveryId}/release`}><Button type="submit" size="s" isDisabled={busy} aria-label={`${t('quarantine.release')}: ${name}`}>{t('quarantine.release')}</Button></fetcher.Form>
        <fetcher.Form method="post" action={`/forms/submissions/${row.deliveryId}/discard`}><Button type="submit" size="s" variant="quiet" isDisabled={busy} aria-label={`${t('quarantine.discard')}: ${name}`}>{t('quarantine.discard')}</Button></fetcher.Form>
      </div>
    </li>
  )
}
