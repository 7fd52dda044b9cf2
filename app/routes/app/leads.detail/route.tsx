import type { MetaFunction } from '@remix-run/react'
import { useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { filterChoices, leadDetail, leadTimeline } from '~/domain/leads'
import { page } from '~/http'
import { localDate } from '~/lib/period'
import { PageHeader } from '~/ui/layout/page-header'
import { SplitView } from '~/ui/layout/split-view'
import { LeadTimeline } from '~/ui/leads/lead-timeline'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { TimelineEntryView } from '~/ui/leads/types'
import { CompanyPart, FactsPart, InquiriesPart, PeoplePart, RevenuePart } from './parts'
import { DetailActions, type DetailAct } from './detail-actions'
import { StageTrack } from './stage-track'
import { useUndo } from './use-undo'

export const meta: MetaFunction = () => [{ title: 'Lead · Clew' }]

export const loader = page({ permission: 'leads:read' }, ({ ctx, viewer, params }) =>
  reading(ctx, async (ctx) => {
    const lead = { leadId: params['leadId'] as never }
    const { owners } = await filterChoices(ctx, {})
    return {
      lead: await leadDetail(ctx, lead), timeline: await leadTimeline(ctx, lead), owners, now: ctx.now, me: viewer.memberId as string,
      today: localDate(ctx.now, viewer.org.timeZone), currency: viewer.org.currency, mayWrite: can(ctx.actor, 'leads:write'), mayAssign: can(ctx.actor, 'leads:assign'),
    }
  }),
)

export type LeadPageData = Awaited<ReturnType<typeof loader>>

export default function LeadPage() {
  const data = useLoaderData<typeof loader>()
  const { lead, timeline, now, me, mayWrite } = data
  const { t } = useTranslation('leads')
  const [act, setAct] = useState<DetailAct | null>(null)
  const undo = useUndo()
  const dayOld = now.getTime() - 86_400_000
  const undoable = (entry: TimelineEntryView) => (mayWrite && entry.actorId === me && entry.at.getTime() > dayOld ? undo.of(entry) : null)
  return (
    <>
      <PageHeader title={useSentence(data)} crumb={{ href: '/leads', label: t('detail.crumb') }} />
      <SplitView columns="minmax(0, 1fr) 360px" className="ld">
        <div className="ld-main">
          {undo.problem !== null && <p role="alert" className="form-alert mb-3"><span>{undo.problem}</span></p>}
          <StageTrack lead={lead} />
          {mayWrite && <DetailActions data={data} act={act} setAct={setAct} />}
          <FactsPart lead={lead} now={now} />
          <PeoplePart lead={lead} mayWrite={mayWrite} />
          <InquiriesPart lead={lead} />
          <CompanyPart lead={lead} />
          <RevenuePart lead={lead} />
        </div>
        <aside className="q-time ld-time" aria-label={t('detail.timeline')}>
          <LeadTimeline timeline={timeline} now={now} undo={undoable} />
        </aside>
      </SplitView>
    </>
  )
}

/** What is true of this lead now. */
function useSentence({ lead }: LeadPageData): string {
  const { t } = useTranslation('leads')
  const words = useLeadWords()
  const company = lead.person === null ? undefined : lead.company?.name
  const name = company === undefined ? words.name(lead) : t('detail.ofCompany', { name: words.name(lead), company })
  if (lead.verdict === 'junk') return t('detail.titleJunk', { name, reason: words.junk(lead.junkReason) })
  if (lead.stage === 'lost') return t('detail.titleLost', { name, reason: words.lost(lead.lostReason) })
  return lead.stage === 'won' ? t('detail.titleWon', { name }) : t('detail.title', { name, stage: t(`stage.${lead.stage}`) })
}
