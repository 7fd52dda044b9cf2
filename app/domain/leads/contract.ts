import * as z from 'zod'
import { currencyCode, idOf, line, localDay, moment, nothing, paragraph, requiredLine } from '../kernel/contract'
import {
  checklistAnswers, contactKinds, funnelViews, grades, junkReasons, outcomes, ownerReasons, personRoles, queueTabs, reachable, stages, verdicts,
} from './vocabulary'

export const leadId = idOf('lead')
const minorUnits = z.coerce.bigint({ error: 'not-an-amount' }).refine((amount) => amount >= 0n && amount < 10n ** 15n, 'not-an-amount')
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'not-a-month')
const version = z.coerce.number().int().positive()

/** `version` is what the form was filled in on; a newer one on the table refuses with `stale`. */
export const MoveStage = z.object({
  leadId,
  to: z.enum(stages),
  /** lost: one of the organisation's reasons; going back, reopening or correcting: why */
  reason: line(60).optional(),
  grade: z.enum(grades).optional(),
  amount: minorUnits.optional(),
  currency: currencyCode.optional(),
  month: month.optional(),
  /** the day of the win, in the organisation's time zone */
  day: localDay.optional(),
  version: version.optional(),
  /** history: may lack what a move made by hand needs, and stands at its own time */
  isImported: z.boolean().default(false),
  at: moment.optional(),
})
export type MoveStageInput = z.output<typeof MoveStage>

export const LogContact = z.object({
  leadId,
  kind: z.enum(contactKinds),
  outcome: z.enum(outcomes),
  note: paragraph(2000).optional(),
  nextStepAt: moment.nullish(),
  personId: idOf('per').optional(),
  /** when it happened; now where left out */
  at: moment.optional(),
})

export const AddNote = z.object({ leadId, note: paragraph(4000).pipe(z.string().min(1, 'required')) })

const answer = z.enum(checklistAnswers).optional()
export const SetChecklist = z.object({ leadId, need: answer, budget: answer, authority: answer, timing: answer })

export const GiveVerdict = z.object({
  leadId,
  verdict: z.enum(verdicts),
  reason: z.enum(junkReasons).optional(),
  version: version.optional(),
})

export const ChangeOwnership = z.object({
  leadId,
  to: idOf('mem').nullable(),
  reason: z.enum(ownerReasons).optional(),
  version: version.optional(),
})

export const SnoozeLead = z.object({ leadId, until: moment.nullable() })
export const UndoActivity = z.object({ activityId: idOf('act') })
export const UndoMove = z.object({ moveId: idOf('mov') })
export const SetPersonRole = z.object({ leadId, personId: idOf('per'), role: z.enum(personRoles) })
export const AddPersonToLead = SetPersonRole
export const SeparateInterest = z.object({ leadId, productLineId: idOf('pl').optional() })
export const CreateProductLine = z.object({ name: requiredLine(80) })
export const Nothing = nothing

const flag = z.union([z.boolean(), z.string().transform((text) => text === '1' || text === 'true')])

/** The lists' filter. Funnel bars, counts, exports and the API read the same one. */
export const LeadFilter = z.object({
  from: localDay.optional(),
  to: localDay.optional(),
  view: z.enum(funnelViews).default('cohort'),
  reached: z.enum(reachable).optional(),
  lost: flag.default(false),
  as_of: localDay.optional(),
  stage: z.enum(stages).optional(),
  verdict: z.enum(verdicts).optional(),
  /** an id, or `none` for leads without one */
  channel: z.union([idOf('ch'), z.literal('none')]).optional(),
  campaign: z.union([idOf('cmp'), z.literal('none')]).optional(),
  owner: z.union([idOf('mem'), z.enum(['none', 'me'])]).optional(),
  source: idOf('src').optional(),
  q: line(100).optional(),
})
export type LeadFilter = z.output<typeof LeadFilter>

export const Page = z.object({ cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
export const ListLeads = LeadFilter.extend(Page.shape).extend({ updated_since: moment.optional() })
export const QueuePage = z.object({ tab: z.enum(queueTabs).default('now'), cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(200).default(60) })
export const OneLead = z.object({ leadId })
export const LeadTimeline = z.object({ leadId, limit: z.coerce.number().int().min(1).max(500).default(200) })
