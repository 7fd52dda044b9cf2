import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listForms } from '~/domain/capture'
import { can } from '~/domain/kernel'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'forms' }

export const loader = page({ permission: 'sources:read' }, async ({ ctx }) => ({ forms: await listForms(ctx, {}), mayWrite: can(ctx.actor, 'sources:write'), now: ctx.now }))

type Form = Awaited<ReturnType<typeof listForms>>[number]

export default function FormsPage() {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const { forms, mayWrite, now } = useLoaderData<typeof loader>()
  const columns = useColumns(now)
  const sum = (of: (form: Form) => number) => forms.reduce((total, form) => total + of(form), 0)
  const add = mayWrite ? <LinkButton to="/forms/new" variant="next">{t('list.new')}</LinkButton> : null
  const title = forms.length === 0 ? t('list.none') : t('list.title', { count: forms.length, month: format.number(sum(({ month }) => month)), waiting: format.number(sum(({ waiting }) => waiting)) })
  return (
    <>
      <PageHeader title={title}>{forms.length > 0 && add}</PageHeader>
      <PageBody>
        <DataTable
          label={t('list.label')} rows={forms} columns={columns} rowId={({ id }) => id} rowHref={({ id }) => `/forms/${id}`} rowName={({ name }) => name} card={{ primary: 'name', secondary: 'last', end: 'state' }}
          empty={<EmptyState kind="empty" title={t('list.emptyTitle')} action={add}>{t('list.emptyHint')}</EmptyState>}
        />
      </PageBody>
    </>
  )
}

function useColumns(now: Date): Column<Form>[] {
  const { t } = useTranslation('forms')
  const format = useFormat()
  return [
    { id: 'name', header: t('list.name'), cell: ({ name }) => name },
    { id: 'languages', header: t('list.languages'), cell: ({ locales }) => locales.map((locale) => t(`language.${locale}`)).join(' · ') },
    { id: 'channel', header: t('list.channel'), cell: ({ channel }) => channel ?? '—' },
    { id: 'state', header: t('list.state'), cell: ({ status, isChanged }) => <Chip tone={status === 'published' ? 'won' : 'neutral'}>{status === 'published' && isChanged ? t('status.changed') : t(`status.${status}`)}</Chip> },
    { id: 'last', header: t('list.last'), cell: ({ lastAt }) => (lastAt === null ? <span className="text-muted">{t('list.never')}</span> : format.relative(lastAt, now)) },
    { id: 'month', header: t('list.month'), numeric: true, cell: ({ month }) => format.number(month) },
    { id: 'waiting', header: t('list.waiting'), numeric: true, cell: ({ waiting }) => (waiting === 0 ? '—' : format.number(waiting)) },
  ]
}
