import * as z from 'zod'
import { currencyCode, idOf, line, localDay, moment, nothing, paragraph, requiredLine } from '../kernel/contract'
import {
  checklistAnswers, contactDetails, contactKinds, directions, funnelViews, grades, junkReasons, nextStepRules, outcomes, ownerReasons, personRoles, queueTabs, reachable, stages, verdicts,
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
  /** what the organisation calls it; its outcome goes before the one above */
  dispositionId: idOf('dsp').optional(),
  direction: z.enum(directions).optional(),
  /** of a WeChat contact or a message: which */
  detail: z.enum(contactDetails).optional(),
  /** seconds somebody spoke */
  duration: z.coerce.number().int().min(0).max(86_400, 'too-long').optional(),
  note: paragraph(2000).optional(),
  /** null is none; left out, what the disposition proposes */
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

const none = z.literal('').transform(() => null)
const label = line(40).nullish().transform((text) => (text === '' ? null : (text ?? null)))
const flagged = z.union([z.boolean(), z.string().transform((text) => text === 'on' || text === '1' || text === 'true')]).default(false)
/** One outcome of a contact; a label left empty is what the base outcome is called. */
export const KeepDisposition = z.object({
  dispositionId: idOf('dsp').optional(), outcome: z.enum(outcomes), labelEn: label, labelZh: label, counts: flagged, isTwoWay: flagged,
  nextStep: z.enum(nextStepRules).default('none'), junkReason: z.union([none, z.enum(junkReasons)]).nullish().transform((reason) => reason ?? null),
})
export const OneDisposition = z.object({ dispositionId: idOf('dsp') })
export const PlaceDisposition = OneDisposition.extend({ direction: z.enum(['up', 'down']) })
export const ArchiveDisposition = OneDisposition.extend({ isArchived: z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true') })
export const OutcomeChoices = z.object({ all: z.boolean().default(false) }).optional()
export const OnePhoto = z.object({ photoId: idOf('pho') })

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
