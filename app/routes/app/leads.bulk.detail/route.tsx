import { Form, Link, useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { bulkProgress } from '~/domain/views'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useRefusal } from '~/ui/leads/use-refusal'
import { Button, LinkButton } from '~/ui/primitives/button'
import { ProgressBar } from '~/ui/primitives/meter'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'bulk' }
const EVERY_MS = 1_000

export const loader = page({ permission: 'leads:write' }, async ({ ctx, params }) => ({ ...(await bulkProgress(ctx, { bulkId: params['bulkId'] as never })), now: ctx.now }))

/** How far a bulk change is, and what it left out. The page may be closed: the work goes on. */
export default function BulkDetailPage() {
  const { bulk, left, now } = useLoaderData<typeof loader>()
  const { t } = useTranslation('lists')
  const format = useFormat()
  const { revalidate } = useRevalidator()
  const refusal = useRefusal()
  const isRunning = bulk.state === 'running' || bulk.state === 'undoing'
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(revalidate, EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning, revalidate])
  const n = (value: number) => format.number(value)
  const done = bulk.state === 'undoing' || bulk.state === 'undone' ? bulk.undone + bulk.kept : bulk.done
  const all = bulk.state === 'undoing' || bulk.state === 'undone' ? bulk.changed : bulk.total
  const why = (reason: string) => (reason === 'changed' ? t('left.changed') : reason === 'cancelled' ? t('left.cancelled') : (refusal({ refusal: { code: reason, params: {} } }) ?? reason))
  const isUndoable = bulk.undoableUntil !== null && bulk.undoableUntil > now
  return (
    <>
      <PageHeader title={t(`progress.${bulk.state}`, { done: n(done), total: n(all), changed: n(bulk.changed), undone: n(bulk.undone) })} crumb={{ href: bulk.search === null ? '/leads' : `/leads?${bulk.search}`, label: t('bulk.back') }}>
        {bulk.state === 'running' && <Form method="post" action={`/leads/bulk/${bulk.id}/cancellation`}><Button type="submit">{t('cancel')}</Button></Form>}
        {isUndoable && <Form method="post" action={`/leads/bulk/${bulk.id}/undoing`}><Button type="submit">{t('undoAll', { count: bulk.changed, formatted: n(bulk.changed) })}</Button></Form>}
        <LinkButton to="/leads">{t('allLeads')}</LinkButton>
      </PageHeader>
      <PageBody narrow>
        {isRunning && <div role="status"><ProgressBar value={done} max={Math.max(1, all)} label={t('done', { done: n(done), total: n(all) })} /><p className="text-13 text-muted mt-2">{t('mayClose')}</p></div>}
        <ul className="ll-effect">
          <li><b className="tn">{n(bulk.changed)}</b> {t('bulk.changed')}</li>
          <li><b className="tn">{n(bulk.unchanged)}</b> {t('bulk.already')}</li>
          <li><b className="tn">{n(bulk.skipped)}</b> {t('bulk.skipped')}</li>
          {bulk.undone + bulk.kept > 0 && <li><b className="tn">{n(bulk.undone)}</b> {t('bulk.undone')}</li>}
          {bulk.kept > 0 && <li><b className="tn">{n(bulk.kept)}</b> {t('bulk.kept')}</li>}
        </ul>
        {isUndoable && <p className="text-13 text-muted mt-3">{t('undoUntil', { when: format.date(bulk.undoableUntil, 'moment') })}</p>}
        {left.length > 0 && (
          <table className="tbl mt-6">
            <caption className="sr">{t('bulk.skipped')}</caption>
            <thead><tr><th scope="col">{t('column.name')}</th><th scope="col">{t('why')}</th></tr></thead>
            <tbody>{left.map(({ leadId, name, reason }) => <tr key={leadId}><td><Link className="lnk" to={`/leads/${leadId}`}>{name === '' ? leadId : name}</Link></td><td>{why(reason)}</td></tr>)}</tbody>
          </table>
        )}
      </PageBody>
    </>
  )
}
