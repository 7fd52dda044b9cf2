import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageBody, PageHeader, PageSection } from '../layout/page-header'
import { LinkButton } from '../primitives/button'
import { LeadLines } from './lead-lines'
import { MergeLog } from './merge-log'
import type { LeadRowView, MergeKind, MergeView } from './types'

export type RecordPageProps = {
  kind: MergeKind; id: string; name: string
  facts: readonly { name: string; value: ReactNode }[]
  /** people of a company, companies of a person */
  others: { title: string; empty: string; rows: readonly { id: string; href: string; name: string; more: string | null }[] }
  leads: readonly LeadRowView[]; merges: readonly MergeView[]; mayWrite: boolean
}

/** A person or a company: what is known, its leads, its merges. */
export function RecordPage({ kind, id, name, facts, others, leads, merges, mayWrite }: RecordPageProps) {
  const { t } = useTranslation('merging')
  const open = leads.filter(({ stage, verdict }) => verdict === 'valid' && stage !== 'won' && stage !== 'lost').length
  const shown = name === '' ? t('nameless') : name
  return (
    <>
      <PageHeader title={t('record.title', { name: shown, count: open, leads: t('leads', { count: leads.length, formatted: String(leads.length) }) })} crumb={{ href: '/leads', label: t('record.crumb') }}>
        {mayWrite && <LinkButton to={`/merges/new?kind=${kind}&kept=${id}`}>{t('mergeWith')}</LinkButton>}
      </PageHeader>
      <PageBody>
        <PageSection title={t('record.facts')}>
          <dl className="ld-facts">{facts.map((fact) => <div key={fact.name}><dt>{fact.name}</dt><dd>{fact.value}</dd></div>)}</dl>
        </PageSection>
        <PageSection title={t('record.leads')}><LeadLines leads={leads} empty={t('record.noLeads')} /></PageSection>
        <PageSection title={others.title}>
          {others.rows.length === 0 && <p className="text-13 text-muted">{others.empty}</p>}
          <ul className="flex flex-col gap-2 text-14">
            {others.rows.map((row) => <li key={row.id}><Link className="lnk" to={row.href}>{row.name === '' ? t('nameless') : row.name}</Link>{row.more !== null && <span className="text-muted"> · {row.more}</span>}</li>)}
          </ul>
        </PageSection>
        <PageSection title={t('log.title')}><MergeLog merges={merges} mayWrite={mayWrite} /></PageSection>
      </PageBody>
    </>
  )
}
