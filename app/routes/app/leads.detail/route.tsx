import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { receiptsOfLead } from '~/domain/assignment'
import { receiptOf } from '~/domain/capture'
import { can, reading, type Context } from '~/domain/kernel'
import { filterChoices, leadDetail, leadFields, leadTimeline, listFields, listPhotos, outcomeChoices, ownershipOf, scoringState, suggestGrade, type LeadDetail } from '~/domain/leads'
import { companyDetail } from '~/domain/people'
import { leadScore, objectionOf } from '~/domain/scoring'
import { clocksOf } from '~/domain/sla'
import { leadTasks } from '~/domain/tasks'
import { mailDraft } from '~/domain/outreach'
import { page } from '~/http'
import { addDays, localDate } from '~/lib/period'
import { PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { SplitView } from '~/ui/layout/split-view'
import { useCall } from '~/ui/leads/call-timer'
import { SuggestionSentence } from '~/ui/leads/grade-suggestion'
import { LeadTimeline } from '~/ui/leads/lead-timeline'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { TimelineEntryView } from '~/ui/leads/types'
import { DueChip } from '~/ui/sla/due-chip'
import { useRefusal } from '~/ui/leads/use-refusal'
import { CompanyPart, FactsPart, InquiriesPart, PeoplePart, RevenuePart } from './parts'
import { CustomFields } from './custom-fields'
import { PlainMoves } from './plain-moves'
import { OwnershipPart } from './ownership-part'
import { MailPart } from './mail-part'
import { DetailActions, type DetailAct } from './detail-actions'
import { ScorePart } from './score-part'
import { StageTrack } from './stage-track'
import { PhotosPart, TasksPart } from './tasks-part'
import { useUndo } from './use-undo'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'lead', recordOf: ({ lead }) => lead.person?.name ?? lead.company?.name ?? null }

/** `mail` opens the composer; `template` and `person` say what it begins with. `asOf`: the score as it stood then. */
const Search = z.object({ asOf: z.iso.datetime().transform((text) => new Date(text)).optional().catch(undefined), mail: z.string().optional().catch(undefined), template: z.string().optional().catch(undefined), person: z.string().optional().catch(undefined) })

export const loader = page({ permission: 'leads:read', search: Search }, ({ ctx, viewer, params, search }) =>
  reading(ctx, async (ctx) => {
    const lead = { leadId: params['leadId'] as never }
    const detail = await leadDetail(ctx, lead)
    const mayWrite = can(ctx.actor, 'leads:write')
    const { hasCard } = await scoringState(ctx, {})
    const inquiries = detail.inquiries.map((inquiry) => ({ ...inquiry, receipt: inquiry.receipt === null ? null : receiptOf(inquiry.receipt) }))
    const writes = mayWrite && search.mail !== undefined && detail.duplicateOf === null
    const { owners } = await filterChoices(ctx, {})
    const clock = (await clocksOf(ctx, { leadIds: [detail.id] })).get(detail.id) ?? null
    return {
      lead: { ...detail, inquiries }, mail: writes ? await mailDraft(ctx, { ...lead, personId: search.person as never, templateId: search.template as never }) : null, clock, colleagues: mayWrite ? await colleaguesOf(ctx, detail) : [], timeline: await leadTimeline(ctx, lead), owners, now: ctx.now, me: viewer.memberId as string,
      score: await leadScore(ctx, { ...lead, asOf: search.asOf }), isAsOf: search.asOf !== undefined, hasCard, objections: hasCard ? await objectionsOf(ctx, detail) : {},
      fields: await listFields(ctx, {}), values: (await leadFields(ctx, { leadIds: [detail.id] }))[detail.id] ?? {},
      today: localDate(ctx.now, viewer.org.timeZone), currency: viewer.org.currency, mayWrite, mayAssign: can(ctx.actor, 'leads:assign'), mayReveal: can(ctx.actor, 'contacts:reveal'),
      mayClaim: can(ctx.actor, 'leads:claim'), ownership: await ownershipOf(ctx, lead), receipts: await receiptsOfLead(ctx, lead),
      suggestion: mayWrite && detail.isOpen ? await suggestGrade(ctx, lead) : null, outcomes: await outcomeChoices(ctx, {}), tasks: await leadTasks(ctx, lead), photos: await listPhotos(ctx, lead), defaultDue: `${addDays(localDate(ctx.now, viewer.org.timeZone), 1)}T09:00`,
    }
  }),
)

/** Who of the people on it does not want to be profiled. */
async function objectionsOf(ctx: Context, { people }: LeadDetail): Promise<Record<string, Awaited<ReturnType<typeof objectionOf>>>> {
  const found: Record<string, Awaited<ReturnType<typeof objectionOf>>> = {}
  for (const { id } of people) found[id] = await objectionOf(ctx, { personId: id })
  return found
}

/** People of the company who are not on the lead yet. */
async function colleaguesOf(ctx: Context, { company, people }: LeadDetail): Promise<{ id: string; name: string; title: string | null }[]> {
  if (company === null) return []
  const { people: staff } = await companyDetail(ctx, { companyId: company.id })
  return staff.filter(({ id }) => !people.some((known) => known.id === id))
}

export type LeadPageData = Awaited<ReturnType<typeof loader>>

export default function LeadPage() {
  const data = useLoaderData<typeof loader>()
  const { lead, timeline, now, me, mayWrite } = data
  const { t } = useTranslation('leads')
  const [act, setAct] = useState<DetailAct | null>(null)
  const undo = useUndo()
  const call = useCall(lead.id)
  const dayOld = now.getTime() - 86_400_000
  const undoable = (entry: TimelineEntryView) => (mayWrite && entry.actorId === me && entry.at.getTime() > dayOld ? undo.of(entry) : null)
  return (
    <>
      <PageHeader title={useSentence(data)} crumb={{ href: '/leads', label: t('detail.crumb') }}>{data.clock !== null && <DueChip clock={data.clock} now={now} />}</PageHeader>
      <SplitView columns="minmax(0, 1fr) 360px" className="ld">
        <div className="ld-main">
          <PlainRefusal />
          <MergeNote lead={lead} />
          {undo.problem !== null && <p role="alert" className="form-alert mb-3"><span>{undo.problem}</span></p>}
          <StageTrack lead={lead} />
          {data.suggestion !== null && lead.stage !== 'inquiry' && <SuggestionSentence suggestion={data.suggestion} given={lead.stage === 'graded' ? lead.grade : null} />}
          {mayWrite && lead.duplicateOf === null && <DetailActions data={data} act={act} setAct={setAct} call={call} />}
          {mayWrite && lead.duplicateOf === null && <PlainMoves data={data} />}
          <MailPart data={data} />
          <ScorePart data={data} />
          <TasksPart data={data} />
          <FactsPart lead={lead} now={now} />
          <OwnershipPart data={data} />
          <CustomFields data={data} />
          <PeoplePart lead={lead} objections={data.objections} mayWrite={mayWrite} mayReveal={data.mayReveal} onCall={call.start} onAdd={data.colleagues.length > 0 ? () => setAct('person') : null} />
          <InquiriesPart lead={lead} />
          <CompanyPart lead={lead} mayReveal={data.mayReveal} onCall={call.start} />
          <PhotosPart data={data} />
          <RevenuePart lead={lead} />
        </div>
        <aside className="q-time ld-time" aria-label={t('detail.timeline')}>
          <LeadTimeline timeline={timeline} now={now} undo={undoable} />
        </aside>
      </SplitView>
    </>
  )
}

/** That a merge closed this lead under another, or others under this one. */
function MergeNote({ lead }: { lead: LeadPageData['lead'] }) {
  const { t } = useTranslation('leads')
  if (lead.duplicateOf !== null) return <p className="ld-state mb-3">{t('detail.duplicate')} <Link className="lnk" to={`/leads/${lead.duplicateOf}`}>{t('add.openLead')}</Link></p>
  return lead.duplicates.length === 0 ? null : <p className="ld-state mb-3">{t('detail.standsFor', { count: lead.duplicates.length, formatted: String(lead.duplicates.length) })}</p>
}

/** What a form without a script was refused for. */
function PlainRefusal() {
  const [search] = useSearchParams()
  const refusal = useRefusal()
  const code = search.get('refused')
  return code === null ? null : <p role="alert" className="form-alert mb-3"><span>{refusal({ refusal: { code, params: {} } })}</span></p>
}

/** What is true of this lead now. */
function useSentence({ lead }: LeadPageData): string {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  // A person known by a number alone is called by the company.
  const company = (lead.person?.name ?? '').trim() === '' ? undefined : lead.company?.name
  const name = company === undefined ? words.name(lead) : t('detail.ofCompany', { name: words.name(lead), company })
  if (lead.verdict === 'junk') return t('detail.titleJunk', { name, reason: words.junk(lead.junkReason) })
  if (lead.stage === 'lost') return t('detail.titleLost', { name, reason: words.lost(lead.lostReason) })
  return lead.stage === 'won' ? t('detail.titleWon', { name }) : t('detail.title', { name, stage: t(`stage.${lead.stage}`) })
}
