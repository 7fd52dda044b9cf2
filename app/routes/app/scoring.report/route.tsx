import { useLoaderData, useSearchParams } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { cardById, listCards, scoringChoices } from '~/domain/scoring'
import { page } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { ProgressBar } from '~/ui/primitives/meter'
import { MissingData } from '~/ui/scoring/missing-data'
import { useLiveCard } from '~/ui/scoring/use-live-card'
import { useFormat } from '~/ui/use-format'
import { Curves } from './curves'
import { LessonPart } from './lesson-part'
import { MovesPart } from './moves-part'
import { Publish } from './publish'
import { QualityTable } from './quality-table'
import { ChannelTable, DecileTable, TestedCells } from './tables'
import { TestForm } from './test-form'

export const handle: PageHandle = { title: 'cardReport' }

export const loader = page({ permission: 'settings:read' }, ({ ctx, params }) => reading(ctx, async (at) => {
  const card = await cardById(at, { cardId: params['cardId'] as Id<'scd'> })
  const inForce = (await listCards(at, {})).find(({ state }) => state === 'published') ?? null
  return { card, names: await scoringChoices(at, {}), inForce: inForce === null ? null : { cardId: inForce.cardId, version: inForce.version }, mayChange: can(ctx.actor, 'scoring:write') }
}))

export type ReportData = Awaited<ReturnType<typeof loader>>
export type Report = NonNullable<ReportData['card']['report']>

const REFUSED = ['card-not-draft', 'card-faulty', 'card-not-tested', 'stale'] as const

export default function CardReportPage() {
  const { t } = useTranslation('scoring')
  const data = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { card, mayChange } = data
  useLiveCard(card.test === 'running' || card.learning === 'running')
  const refused = REFUSED.find((code) => code === search.get('refused'))
  const mayTest = mayChange && card.state === 'draft' && card.learning !== 'running' && card.learning !== 'abstained'
  return (
    <>
      <PageHeader title={useJudgement(data)} crumb={{ href: `/scoring/${card.cardId}`, label: t('report.crumb', { version: card.version }) }}>
        {mayTest && card.test === 'current' && <LinkButton variant="next" to="#publish">{t('report.toPublish')}</LinkButton>}
      </PageHeader>
      <PageBody>
        {search.has('refused') && <p role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><span>{t(`refusal.${refused ?? 'invalid'}`)}</span></p>}
        {card.test === 'running' && <Running progress={card.progress} />}
        {mayTest && card.test !== 'running' && <TestForm card={card} />}
        {card.report === null ? <Nothing data={data} /> : <Whole report={card.report} data={data} />}
        <LessonPart card={card} names={data.names} mayChange={mayChange} />
        {mayTest && <Publish data={data} />}
      </PageBody>
    </>
  )
}

// Nearer to a coin than this, an order is chance.
const NO_BETTER = 0.55

/** One sentence of judgement, or why there is none. */
function useJudgement({ card }: ReportData): string {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const { report, version } = card
  if (card.test === 'running') return t('judge.running', { version })
  if (report === null) return t('judge.none', { version })
  if (report.quality === null) return t('judge.few', { positives: format.number(report.leads.positives), negatives: format.number(report.leads.negatives), needed: format.number(report.leads.needed) })
  const found = { share: format.percent(report.quality.capture_20, 0), outcome: t(`found.${report.outcome}`) }
  return report.quality.auc < NO_BETTER ? t('judge.poor', found) : t(`judge.${report.outcome}`, found)
}

function Running({ progress }: { progress: ReportData['card']['progress'] }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  return (
    <p role="status" className="mb-5 flex flex-wrap items-center gap-4 rounded-md border border-line bg-sunken px-4 py-3 text-13">
      <b className="font-medium">{t('test.running')}</b>
      <ProgressBar value={progress?.done} max={progress === null ? undefined : Math.max(1, progress.total)} label={t('test.running')}>{progress === null ? '' : t('progress.of', { done: format.number(progress.done), total: format.number(progress.total) })}</ProgressBar>
    </p>
  )
}

function Nothing({ data: { card } }: { data: ReportData }) {
  const { t } = useTranslation('scoring')
  if (card.lesson?.state === 'abstained') return <MissingData missing={card.lesson.missing} outcome={card.lesson.outcome} horizonDays={card.lesson.horizonDays} />
  return <EmptyState kind="empty" title={t('report.nothing')}>{t('report.nothingHint')}</EmptyState>
}

function Whole({ report, data: { card } }: { report: Report; data: ReportData }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const { window, before, leads } = report
  return (
    <>
      {card.test === 'outdated' && <p role="status" className="mb-4 text-13 text-warn">{t('report.outdated')}</p>}
      <p className="mb-5 max-w-[90ch] text-13 text-text-2">
        {t('report.basis', { count: leads.tested, formatted: format.number(leads.tested), positives: format.number(leads.positives), outcome: t(`outcome.${report.outcome}`), days: report.horizonDays, hours: report.hoursAfter })}
        {window !== null && ` ${t('report.window', { from: format.date(window.from, 'day-year'), to: format.date(window.to, 'day-year') })}`}
        {before !== null && ` ${t(card.kind === 'learned' ? 'report.beforeLearned' : 'report.beforeHand', { n: format.number(before.leads), to: format.date(before.to, 'day-year') })}`}
        {leads.sampledFrom !== null && ` ${t('report.sampled', { n: format.number(leads.sampledFrom) })}`}
        {report.comparedWith !== null && ` ${t('report.compared', { version: report.comparedWith.version })}`}
      </p>
      {report.quality !== null && <PageSection title={t('quality.title')}><QualityTable report={report} /></PageSection>}
      {report.deciles.length > 0 && <PageSection title={t('deciles.title')} aside={t('deciles.aside')}><DecileTable report={report} /></PageSection>}
      {report.deciles.length > 0 && <Curves report={report} />}
      <PageSection title={t('cells.title')} aside={t('cells.aside')}><TestedCells report={report} /></PageSection>
      <MovesPart report={report} card={card} />
      {report.channels.length > 0 && <PageSection title={t('channels.title')}><ChannelTable report={report} /></PageSection>}
    </>
  )
}
