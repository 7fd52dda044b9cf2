import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'
import { ImportProgress } from '~/ui/layout/import-progress'
import { Button } from '~/ui/primitives/button'
import { Moment } from '~/ui/primitives/numbers'

/** The doors of an import that runs, waits or ran: pause, go on, take back; and what a taking back left. */
export function RunStep({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('imports')
  const { state } = detail
  return (
    <div className="mb-5 flex flex-col gap-3">
      {(state === 'running' || state === 'paused' || state === 'undoing') && <ImportProgress run={detail} asOf={detail.asOf} />}
      <div className="flex flex-wrap gap-3">
        {state === 'running' && <Door to={`/imports/${detail.id}/pause`}>{t('door.pause')}</Door>}
        {state === 'paused' && <Door to={`/imports/${detail.id}/run`} isNext>{t('door.resume')}</Door>}
        {detail.undoableUntil !== null && <Door to={`/imports/${detail.id}/reversal`}>{t('door.undo')}</Door>}
      </div>
      {detail.undoableUntil !== null && <p className="text-12 text-muted">{t('undo.until')} <Moment at={detail.undoableUntil} />. {t('undo.hint')}</p>}
      {(state === 'undone' || state === 'undoing') && <Kept detail={detail} />}
    </div>
  )
}

function Door({ to, isNext, children }: { to: string; isNext?: boolean; children: string }) {
  return <Form method="post" action={to}><Button type="submit" variant={isNext === true ? 'next' : 'plain'}>{children}</Button></Form>
}

function Kept({ detail: { kept } }: { detail: ImportDetail }) {
  const { t } = useTranslation('imports')
  if (kept === null || kept.leads.length + kept.people.length + kept.companies.length === 0) return <p className="text-13">{t('undo.all')}</p>
  return (
    <div>
      <p className="text-13">{t('undo.kept', { leads: kept.leads.length, people: kept.people.length, companies: kept.companies.length })}</p>
      <ul className="mt-2 flex flex-col gap-1 text-13">
        {kept.leads.slice(0, 50).map((id) => <li key={id}><Link className="lnk" to={`/leads/${id}`}>{id}</Link></li>)}
      </ul>
    </div>
  )
}
