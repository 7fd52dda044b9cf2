import { Form, Link, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { simulateAssignment } from '~/domain/assignment'
import { Simulation } from '~/domain/assignment/contract'
import { can } from '~/domain/kernel'
import { page } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { Sums } from './sums'

export const handle: PageHandle = { title: 'simulator' }

export const loader = page({ permission: 'assignment:read', search: Simulation }, async ({ ctx, search }) => ({ sim: await simulateAssignment(ctx, search), mayPublish: can(ctx.actor, 'assignment:write') }))

export type Sim = Awaited<ReturnType<typeof loader>>['sim']

export default function SimulatorPage() {
  const { t } = useTranslation('assignment')
  const format = useFormat()
  const { sim, mayPublish } = useLoaderData<typeof loader>()
  const days = format.dayRange(sim.from, sim.to)
  const title = sim.arrivals === 0 ? t('sim.none', { days }) : sim.draft === null ? t('sim.noDraft', { count: sim.arrivals, days }) : t('sim.title', { count: sim.changed, of: format.number(sim.arrivals), days })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/assignment', label: t('sim.crumb') }} />
      <PageBody>
        <Form method="get" className="mb-5 flex flex-wrap items-end gap-3">
          <label className="field"><span className="field-label">{t('sim.from')}</span><input type="date" name="from" defaultValue={sim.from} className="input tn" /></label>
          <label className="field"><span className="field-label">{t('sim.to')}</span><input type="date" name="to" defaultValue={sim.to} className="input tn" /></label>
          <button type="submit" className="btn">{t('sim.run')}</button>
        </Form>
        {sim.isCut && <p className="mb-4 text-13 text-muted">{t('sim.cut')}</p>}
        {sim.arrivals === 0 ? <EmptyState kind="empty" title={t('sim.none', { days })}>{t('sim.noneHint')}</EmptyState> : <Compared sim={sim} />}
        {sim.draftId !== null && mayPublish && <Publish draftId={sim.draftId} />}
      </PageBody>
    </>
  )
}

function Compared({ sim }: { sim: Sim }) {
  const { t } = useTranslation('assignment')
  return (
    <>
      <PageSection title={t('sim.sums')}><Sums sim={sim} /></PageSection>
      <PageSection title={t('sim.loads')} aside={t('sim.loadsHint')}><Loads sim={sim} /></PageSection>
      {sim.draft !== null && <PageSection title={t('sim.changes', { count: sim.changed })} aside={sim.changed > sim.changes.length ? t('sim.first', { count: sim.changes.length }) : undefined}><Changes sim={sim} /></PageSection>}
    </>
  )
}

function Loads({ sim }: { sim: Sim }) {
  const { t } = useTranslation('assignment')
  const format = useFormat()
  const rows = sim.published.loads.map((load) => ({ ...load, then: sim.draft?.loads.find(({ memberId }) => memberId === load.memberId) ?? null }))
  type Row = (typeof rows)[number]
  const columns: Column<Row>[] = [
    { id: 'name', header: t('sim.member'), cell: ({ memberId }) => sim.names[memberId] ?? '?' },
    { id: 'now', header: t('sim.now'), numeric: true, cell: ({ given }) => format.number(given) },
    { id: 'then', header: t('sim.then'), numeric: true, cell: ({ then }) => (then === null ? '—' : format.number(then.given)) },
    { id: 'change', header: t('sim.change'), numeric: true, cell: ({ given, then }) => (then === null ? '—' : format.signed(then.given - given)) },
    { id: 'end', header: t('sim.atEnd'), numeric: true, cell: ({ atEnd, then }) => `${format.number(atEnd)} → ${then === null ? '—' : format.number(then.atEnd)}` },
  ]
  return <DataTable label={t('sim.loads')} rows={rows} columns={columns} rowId={({ memberId }) => memberId} card={{ primary: 'name', secondary: 'now', end: 'then' }} empty={null} />
}

function Changes({ sim }: { sim: Sim }) {
  const { t } = useTranslation('assignment')
  const format = useFormat()
  type Row = Sim['changes'][number]
  const columns: Column<Row>[] = [
    { id: 'company', header: t('sim.lead'), cell: ({ leadId, company }) => <Link className="lnk" to={`/leads/${leadId}`}>{company ?? t('sim.noCompany')}</Link> },
    { id: 'at', header: t('sim.came'), cell: ({ cameInAt }) => <span className="tn">{format.date(cameInAt, 'moment')}</span> },
    { id: 'from', header: t('sim.now'), cell: ({ from }) => from ?? t('sim.pool') },
    { id: 'to', header: t('sim.then'), cell: ({ to }) => to ?? t('sim.pool') },
    { id: 'rule', header: t('sim.by'), cell: ({ rule }) => rule ?? '—' },
  ]
  return <DataTable label={t('sim.changesLabel')} rows={sim.changes} columns={columns} rowId={({ leadId }) => leadId} card={{ primary: 'company', secondary: 'from', end: 'to' }} empty={<EmptyState kind="empty" title={t('sim.same')} />} />
}

function Publish({ draftId }: { draftId: string }) {
  const { t } = useTranslation('assignment')
  return (
    <PageSection title={t('sim.publish')}>
      <Form method="post" action="/assignment/publication" className="flex flex-wrap items-center gap-4">
        <input type="hidden" name="draftId" value={draftId} />
        <label className="check"><input type="checkbox" name="sure" required className="native-check" /><span>{t('sim.sure')}</span></label>
        <button type="submit" className="btn btn-next">{t('sim.publish')}</button>
      </Form>
    </PageSection>
  )
}
