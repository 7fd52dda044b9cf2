import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { leadsAbout } from '~/domain/leads'
import { mergeHistory } from '~/domain/merging'
import { companyDetail } from '~/domain/people'
import { page, redirectTo } from '~/http'
import { RevealContact } from '~/ui/leads/reveal-contact'
import { RecordPage } from '~/ui/merging/record-page'
import { useFormat } from '~/ui/use-format'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'company', recordOf: ({ company }) => company.name }

/** Of one that was merged, the page of the one that stands for it. */
export const loader = page({ permission: 'leads:read' }, ({ ctx, params }) =>
  reading(ctx, async (inside) => {
    const company = await companyDetail(inside, { companyId: params['companyId'] as never })
    if (company.id !== params['companyId']) throw redirectTo(`/companies/${company.id}`)
    return { company, leads: await leadsAbout(inside, { of: company.id }), merges: await mergeHistory(inside, { kind: 'company', id: company.id }), mayWrite: can(ctx.actor, 'leads:write'), mayReveal: can(ctx.actor, 'contacts:reveal') }
  }),
)

export default function CompanyPage() {
  const { company, leads, merges, mayWrite, mayReveal } = useLoaderData<typeof loader>()
  const { t } = useTranslation('merging')
  const format = useFormat()
  const lines = (texts: string[]) => (texts.length === 0 ? '—' : texts.map((text) => <span key={text} className="block">{text}</span>))
  const facts = [
    { name: t('record.domains'), value: lines(company.domains) },
    { name: t('record.phones'), value: company.phones.length === 0 ? '—' : company.phones.map((reach) => <div key={reach.key}><RevealContact reach={reach} of={{ companyId: company.id }} mayReveal={mayReveal} /></div>) },
    { name: t('field.industry'), value: company.industry ?? '—' },
    { name: t('field.employees'), value: company.employees === null ? '—' : format.number(company.employees) },
    { name: t('field.city'), value: [company.city, company.region, company.country].filter((part) => part !== null).join(', ') || '—' },
    { name: t('record.customer'), value: company.isCustomer ? t('yes') : t('no') },
  ]
  const rows = company.people.map(({ id, name, title }) => ({ id, name, href: `/people/${id}`, more: title }))
  return <RecordPage kind="company" id={company.id} name={company.name} facts={facts} others={{ title: t('record.people'), empty: t('record.noPeople'), rows }} leads={leads} merges={merges} mayWrite={mayWrite} />
}
