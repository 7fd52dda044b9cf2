import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ruleSets, staffTerms } from '~/domain/assignment'
import { can, reading } from '~/domain/kernel'
import { filterChoices, listPools, listProductLines } from '~/domain/leads'
import { listTeams } from '~/domain/orgs'
import { page } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useOwnershipWords } from '~/ui/ownership/words'
import { LinkButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'
import { FirstOwners } from './first-owners'
import { RuleForm } from './rule-form'
import { RuleRow } from './rule-row'
import { StaffTable } from './staff-table'

export const handle: PageHandle = { title: 'assignment' }

export const loader = page({ permission: 'assignment:read' }, ({ ctx }) => reading(ctx, async (inside) => {
  const sets = await ruleSets(inside, {})
  return {
    ...sets, shown: sets.draft ?? sets.published, staff: await staffTerms(inside, {}), teams: await listTeams(inside, {}), pools: await listPools(inside, {}),
    choices: { ...(await filterChoices(inside, {})), lines: await listProductLines(inside, {}) }, mayChange: can(ctx.actor, 'assignment:write'),
  }
}))

export type AssignmentData = Awaited<ReturnType<typeof loader>>

export default function AssignmentPage() {
  const { t } = useTranslation('assignment')
  const data = useLoaderData<typeof loader>()
  const { draft, published, shown, mayChange } = data
  const [search] = useSearchParams()
  const words = useOwnershipWords()
  const code = search.get('refused')
  const rules = shown?.rules.rules ?? []
  const title = published === null ? t('page.none') : t('page.title', { count: published.rules.rules.filter(({ isOn }) => isOn).length, version: published.version ?? 0 })
  return (
    <>
      <PageHeader title={draft === null ? title : t('page.withDraft', { now: title })}>
        <LinkButton to="/assignment/simulator">{t('page.simulate')}</LinkButton>
      </PageHeader>
      <PageBody narrow>
        {code !== null && <p role="alert" className="form-alert mb-4"><span>{words.refusal({ code, params: {} })}</span></p>}
        <PageSection title={t('page.rules')} aside={draft === null ? undefined : <Chip tone="warn">{t('page.draft')}</Chip>}>
          <p className="mb-3 text-13 text-muted">{t('page.how')}</p>
          {rules.length === 0 && <EmptyState kind="empty" title={t('page.noRules')}>{t('page.noRulesHint')}</EmptyState>}
          <ol className="border-t border-line">{rules.map((rule, at) => <RuleRow key={rule.key} rule={rule} at={at} last={at === rules.length - 1} data={data} />)}</ol>
          {mayChange && <details className="mt-3"><summary className="cursor-pointer text-13 font-medium">{t('rule.add')}</summary><RuleForm rule={null} data={data} /></details>}
        </PageSection>
        <PageSection title={t('first.title')}><FirstOwners data={data} /></PageSection>
        <PageSection title={t('staff.title')}><StaffTable data={data} /></PageSection>
        <PageSection title={t('history.title')}><History data={data} /></PageSection>
        {draft !== null && mayChange && <p className="pt-4"><Link to="/assignment/simulator" className="lnk">{t('page.publishHint')}</Link></p>}
        {draft !== null && mayChange && (
          <Form method="post" action="/assignment/draft-removal" className="pt-2"><button type="submit" className="btn btn-quiet">{t('page.discard')}</button></Form>
        )}
      </PageBody>
    </>
  )
}

function History({ data: { history, staff } }: { data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  const format = useFormat()
  if (history.length === 0) return <p className="text-13 text-muted">{t('history.none')}</p>
  const nameOf = (id: string | null) => staff.find(({ memberId }) => memberId === id)?.name ?? '—'
  return <ul>{history.map(({ id, version, publishedAt, publishedBy }) => <li key={id} className="flex min-h-9 items-center gap-4 border-b border-line text-13 tn"><span className="grow">{t('history.version', { version: version ?? 0 })}</span><span>{nameOf(publishedBy)}</span><span className="text-muted">{format.date(publishedAt, 'moment')}</span></li>)}</ul>
}
