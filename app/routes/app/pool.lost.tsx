import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { lostLeads } from '~/domain/leads'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useOwnershipWords } from '~/ui/ownership/words'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'lostLeads' }

export const loader = page({ permission: 'leads:claim' }, async ({ ctx }) => ({ lost: await lostLeads(ctx, {}), now: ctx.now }))

type Lost = Awaited<ReturnType<typeof loader>>['lost'][number]

/** Why did I lose this lead: each with the rule, the days behind it, and from when it may be claimed again. */
export default function LostLeadsPage() {
  const { t } = useTranslation('pool')
  const { lost } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={lost.length === 0 ? t('lost.none') : t('lost.title', { count: lost.length })} crumb={{ href: '/pool', label: t('lost.crumb') }} />
      <PageBody>
        <DataTable label={t('lost.label')} rows={lost} columns={useColumns()} rowId={({ leadId }) => leadId} card={{ primary: 'company', secondary: 'why', end: 'again' }} empty={<EmptyState kind="empty" title={t('lost.none')}>{t('lost.hint')}</EmptyState>} />
      </PageBody>
    </>
  )
}

function useColumns(): Column<Lost>[] {
  const { t } = useTranslation('pool')
  const { now } = useLoaderData<typeof loader>()
  const words = useOwnershipWords()
  const format = useFormat()
  const days = (row: Lost) => (row.hadSince === null ? '—' : t('lost.days', { count: Math.max(0, Math.floor((row.at.getTime() - row.hadSince.getTime()) / 86_400_000)) }))
  const rule = ({ reason, rule: { firstContactHours, idleDays, maxProtectionDays } }: Lost) => {
    if (reason === 'no_first_contact' && firstContactHours !== null) return t('lost.ruleFirst', { count: firstContactHours })
    if (reason === 'no_contact' && idleDays !== null) return t('lost.ruleIdle', { count: idleDays })
    return reason === 'held_too_long' && maxProtectionDays !== null ? t('lost.ruleMax', { count: maxProtectionDays }) : ''
  }
  const again = (row: Lost) => {
    if (!row.isOpen) return t('lost.closed')
    if (!row.isInPool) return row.hasGoneTo === null ? t('lost.withOther') : t('lost.with', { name: row.hasGoneTo })
    return row.claimableAt === null || row.claimableAt <= now ? t('lost.now') : t('lost.from', { when: format.date(row.claimableAt, 'moment') })
  }
  return [
    { id: 'company', header: t('column.company'), cell: (row) => row.company ?? t('page.noCompany') },
    { id: 'at', header: t('lost.at'), cell: (row) => <span className="tn">{format.date(row.at, 'moment')}</span> },
    { id: 'way', header: t('lost.how'), cell: (row) => words.way(row.way) },
    { id: 'why', header: t('lost.why'), cell: (row) => [words.reason(row.reason), rule(row)].filter((part) => part !== '').join(' · ') },
    { id: 'held', header: t('lost.held'), numeric: true, cell: days },
    { id: 'again', header: t('lost.again'), cell: again },
  ]
}
