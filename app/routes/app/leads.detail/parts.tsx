import { Link, useFetcher } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { checklistItems, personRoles } from '~/domain/leads/vocabulary'
import { ProfilingSwitch } from '~/ui/leads/profiling-switch'
import { RevealContact } from '~/ui/leads/reveal-contact'
import { Button } from '~/ui/primitives/button'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Chip } from '~/ui/primitives/chip'
import { Money, Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'

type Lead = LeadPageData['lead']

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <section className="q-part"><h2 className="ld-h">{title}</h2>{children}</section>
}
const Fact = ({ name, children }: { name: string; children: ReactNode }) => <div><dt>{name}</dt><dd>{children}</dd></div>

export function FactsPart({ lead, now }: { lead: Lead; now: Date }) {
  const { t } = useTranslation('leads')
  return (
    <Part title={t('detail.facts')}>
      <dl className="ld-facts">
        <Fact name={t('detail.owner')}>{lead.owner?.name ?? t('list.nobody')}</Fact>
        <Fact name={t('detail.productLine')}>{lead.productLine.name}</Fact>
        <Fact name={t('detail.channel')}><ChannelDot kind={lead.channel?.kind ?? null}>{lead.channel?.name ?? t('list.noChannel')}</ChannelDot></Fact>
        <Fact name={t('detail.campaign')}>{lead.campaign?.name ?? '—'}</Fact>
        <Fact name={t('detail.source')}>{lead.source.name}</Fact>
        <Fact name={t('detail.cameIn')}><Moment at={lead.cameInAt} style="moment" /></Fact>
        <Fact name={t('detail.firstResponse')}>{lead.firstResponseAt === null ? t('detail.noResponse') : <Moment at={lead.firstResponseAt} style="moment" />}</Fact>
        <Fact name={t('detail.nextStep')}>{lead.nextStepAt === null ? '—' : <><Moment at={lead.nextStepAt} style="moment" /> <span className="text-muted">(<Moment at={lead.nextStepAt} now={now} />)</span></>}</Fact>
        {checklistItems.map((item) => (
          <Fact key={item} name={t(`check.${item}`)}><span data-answer={lead.checklist[item]} className="ld-answer">{t(`check.${lead.checklist[item]}`)}</span></Fact>
        ))}
      </dl>
    </Part>
  )
}

export function PeoplePart({ lead, objections, mayWrite, mayReveal, onAdd, onCall }: { lead: Lead; objections: LeadPageData['objections']; mayWrite: boolean; mayReveal: boolean; onAdd: (() => void) | null; onCall: () => void }) {
  const { t } = useTranslation('leads')
  return (
    <Part title={t('detail.people')}>
      {lead.people.length === 0 && <p className="text-13 text-muted">{t('detail.noPeople')}</p>}
      <ul className="ld-people">
        {lead.people.map((person) => (
          <li key={person.id}>
            <div className="min-w-0 flex-1">
              <p><Link className="lnk" to={`/people/${person.id}`}><b>{person.name === '' ? t('list.noName') : person.name}</b></Link>{person.title !== null && <span className="text-muted"> · {person.title}</span>}</p>
              <div className="ld-reach">
                {person.reach.map((reach) => <RevealContact key={reach.key} reach={reach} of={{ personId: person.id, leadId: lead.id }} mayReveal={mayReveal} onCall={onCall} />)}
              </div>
              {objections[person.id] !== undefined && <ProfilingSwitch person={person} isLeftOut={objections[person.id]?.isLeftOut === true} at={objections[person.id]?.at ?? null} leadId={lead.id} mayWrite={mayWrite} />}
            </div>
            <RolePicker leadId={lead.id} person={person} mayWrite={mayWrite} />
          </li>
        ))}
      </ul>
      {onAdd !== null && <Button size="s" className="mt-2" onPress={onAdd}>{t('add.person')}</Button>}
    </Part>
  )
}

function RolePicker({ leadId, person, mayWrite }: { leadId: string; person: Lead['people'][number]; mayWrite: boolean }) {
  const { t } = useTranslation('leads')
  const fetcher = useFetcher()
  if (!mayWrite) return <span className="text-13 text-muted">{t(`role.${person.role}`)}</span>
  return (
    <fetcher.Form method="post" action={`/leads/${leadId}/people/${person.id}/role`}>
      <select name="role" className="input ld-role" aria-label={t('form.role', { name: person.name })} value={String(fetcher.formData?.get('role') ?? person.role)} onChange={(event) => fetcher.submit(event.currentTarget.form)}>
        {personRoles.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}
      </select>
    </fetcher.Form>
  )
}

export function InquiriesPart({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads')
  return (
    <Part title={t('detail.inquiries')}>
      {lead.inquiries.length === 0 && <p className="text-13 text-muted">{t('detail.noInquiries')}</p>}
      <ol className="ld-inquiries">
        {lead.inquiries.map((inquiry) => (
          <li key={inquiry.id}>
            <p className="ld-line"><b>{inquiry.source}</b>{inquiry.isRepeat && <Chip>{t('detail.repeat')}</Chip>}<span className="ml-auto text-12 text-muted"><Moment at={inquiry.at} style="moment" /></span></p>
            {inquiry.message !== null && <blockquote className="q-quote">{inquiry.message}</blockquote>}
            <Answers answers={inquiry.answers} />
            <p className="ld-ids">
              {inquiry.receipt !== null && <span>{t('detail.receipt', { id: inquiry.receipt })}</span>}
              {!inquiry.externalId.startsWith('inq_') && <span>{t('detail.externalId', { id: inquiry.externalId })}</span>}
              {inquiry.landingPage !== null && <span>{t('detail.landing')} {inquiry.landingPage}</span>}
            </p>
          </li>
        ))}
      </ol>
    </Part>
  )
}

function Answers({ answers }: { answers: Record<string, unknown> }) {
  const said = Object.entries(answers).filter(([, value]) => value !== null && value !== '')
  if (said.length === 0) return null
  return <dl className="q-answers">{said.map(([question, answer]) => <div key={question}><dt>{question}</dt><dd>{typeof answer === 'string' ? answer : JSON.stringify(answer)}</dd></div>)}</dl>
}

export function CompanyPart({ lead, mayReveal, onCall }: { lead: Lead; mayReveal: boolean; onCall: () => void }) {
  const { t } = useTranslation('leads')
  const format = useFormat()
  const company = lead.companyFacts
  if (company === null) return null
  const place = [company.city, company.region, company.country].filter((part) => part !== null && part !== '').join(', ')
  const facts = [company.domain, company.industry, company.employees === null ? null : t('detail.employees', { count: company.employees, formatted: format.number(company.employees) }), place]
  return (
    <Part title={t('detail.company')}>
      <p className="text-14"><Link className="lnk font-medium" to={`/companies/${company.id}`}>{company.name}</Link> {company.isCustomer && <Chip tone="won">{t('detail.customer')}</Chip>}</p>
      <p className="text-13 text-text-2 [overflow-wrap:anywhere]">{facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</p>
      <div className="ld-reach">{company.phones.map((reach) => <RevealContact key={reach.key} reach={reach} of={{ companyId: company.id, leadId: lead.id }} mayReveal={mayReveal} onCall={onCall} />)}</div>
    </Part>
  )
}

export function RevenuePart({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads')
  return (
    <Part title={t('detail.revenue')}>
      {lead.revenue.length === 0 && <p className="text-13 text-muted">{t('detail.noRevenue')}</p>}
      <ul className="ld-revenue">
        {lead.revenue.map((line) => (
          <li key={line.id} className={line.isReversed ? 'text-faint' : undefined}>
            <span>{t(`revenue.${line.kind}`)}{line.isReversed && <> · {t('detail.reversed')}</>}</span>
            <Moment at={line.at} style="day-year" />
            <Money minor={line.amount} currency={line.currency} currencyAs="code" />
          </li>
        ))}
      </ul>
    </Part>
  )
}
