import * as z from 'zod'
import { currencyCode, idOf, line, localDay, moment, nothing, paragraph, requiredLine } from '../kernel/contract'
import { readCondition, type Condition } from '~/lib/conditions'
import { isId } from '~/lib/ids'
import { isDate } from '~/lib/period'
import { namedSpans } from '~/lib/relative-days'
import { cells, ranks } from '../scoring/vocabulary'
import {
  checklistAnswers, contactDetails, contactKinds, directions, editableFields, fieldKinds, filterFields, filterOps, funnelViews, givingBackReasons, grades, groupings, junkReasons, movingReasons,
  nextStepRules, outcomes, ownershipWays, personRoles, poolRoles, promises, queueTabs, reachable, sortNames, stages, verdicts,
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
  /** the pool it goes into; its own where left out */
  poolId: idOf('pool').optional(),
  by: z.enum(ownershipWays).optional(),
  reason: z.enum(movingReasons).optional(),
  note: paragraph(1000).optional(),
  version: version.optional(),
})
export const ClaimLead = z.object({ leadId })
export const ReturnLead = z.object({ leadId, reason: z.enum(givingBackReasons), note: paragraph(1000).optional(), version: version.optional() })
export const GivePoolLead = z.object({ leadId, to: idOf('mem').nullable(), version: version.optional() })
export const LeadsInPool = z.object({ poolId: idOf('pool').optional(), cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
export const PoolId = z.object({ poolId: idOf('pool') })
const positive = (most: number) => z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: 'not-a-number' }).int('not-a-number').min(1, 'too-small').max(most, 'too-large').nullable())
/** Caps in leads, protection in days, timeouts in hours or days; empty sets none. */
export const PoolRules = z.object({
  dailyCap: positive(10_000), heldCap: positive(100_000), protectionDays: positive(3650), maxProtectionDays: positive(3650),
  firstContactHours: positive(8760), idleDays: positive(3650), coolDownHours: positive(87_600),
})
export const CreatePool = z.object({ name: requiredLine(60) })
export const UpdatePool = PoolRules.extend({ poolId: idOf('pool'), name: line(60).optional(), forEveryone: z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean()) })
export const PoolPerson = z.object({ poolId: idOf('pool'), subject: z.union([idOf('mem'), idOf('team')]), role: z.enum(poolRoles) })
export const Batch = z.object({ limit: z.number().int().min(1).max(2000).default(200) })

const blank = z.literal('').transform(() => null)
const label = line(40).nullish().transform((text) => (text === '' ? null : (text ?? null)))
const flagged = z.union([z.boolean(), z.string().transform((text) => text === 'on' || text === '1' || text === 'true')]).default(false)
/** One outcome of a contact; a label left empty is what the base outcome is called. */
export const KeepDisposition = z.object({
  dispositionId: idOf('dsp').optional(), outcome: z.enum(outcomes), labelEn: label, labelZh: label, counts: flagged, isTwoWay: flagged,
  nextStep: z.enum(nextStepRules).default('none'), junkReason: z.union([blank, z.enum(junkReasons)]).nullish().transform((reason) => reason ?? null),
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

const wholeNumber = (text: string | undefined): boolean => text !== undefined && /^\d{1,5}$/.test(text)
const day = (text: string | undefined): boolean => text !== undefined && isDate(text) && text >= '1900-01-01' && text < '2200-01-01'
const decimal = (text: string | undefined): boolean => text !== undefined && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text)

// What each operator takes. `is` and `not` take any of several values.
const takes: Record<string, (values: string[]) => boolean> = {
  is: (values) => values.length > 0, not: (values) => values.length > 0, has: (values) => values.length === 1, empty: none, set: none, yes: none, no: none, none, any: none,
  in: ([name, ...more]) => more.length === 0 && namedSpans.some((known) => known === name), last: one(wholeNumber), next: one(wholeNumber), ago: one(wholeNumber), from: one(day), to: one(day),
  between: ([first, last, ...more]) => more.length === 0 && day(first) && day(last), eq: one(decimal), over: amountOf, under: amountOf,
}
function none(values: string[]): boolean {
  return values.length === 0
}
function one(test: (text: string | undefined) => boolean): (values: string[]) => boolean {
  return (values) => values.length === 1 && test(values[0])
}
function amountOf([amount, currency, ...more]: string[]): boolean {
  return more.length === 0 && decimal(amount) && (currency === undefined || /^[A-Z]{3}$/.test(currency))
}

const lists: Partial<Record<keyof typeof filterFields, readonly string[]>> = { stage: stages, verdict: verdicts, grade: grades, sla: promises, cell: cells.map(String), fit: ranks.map(String), interest: ranks.map(String) }
const prefixes = { owner: 'mem', team: 'team', channel: 'ch', campaign: 'cmp', source: 'src', line: 'pl' } as const

function isAsked({ field, op, values }: Condition): boolean {
  if (values.length > 50 || values.some((value) => value.length > 100) || takes[op]?.(values) !== true) return false
  if (isId('cf', field)) return Object.values(filterOps).some((ops) => ops.some((known) => known === op)) && op !== 'none' && op !== 'any'
  if (!Object.hasOwn(filterFields, field)) return false
  const name = field as keyof typeof filterFields
  if (!filterOps[filterFields[name]].some((known) => known === op)) return false
  if (op !== 'is' && op !== 'not') return name !== 'amount' || values.length !== 1
  const known = lists[name]
  if (known !== undefined) return values.every((value) => known.includes(value))
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name as keyof typeof prefixes] : null
  return prefix === null || values.every((value) => isId(prefix, value) || (name === 'owner' && value === 'me'))
}

/** Conditions as they stand in an address, `stage.is.qualified.graded`; at most twelve. */
export const Conditions = z.union([z.string(), z.array(z.union([z.string(), z.object({ field: z.string(), op: z.string(), values: z.array(z.string()) })]))]).transform((said, context): Condition[] => {
  const conditions = (Array.isArray(said) ? said : [said]).filter((each) => each !== '').map((each) => (typeof each === 'string' ? readCondition(each) : each))
  if (conditions.length <= 12 && conditions.every((condition) => condition !== null && isAsked(condition))) return conditions as Condition[]
  context.addIssue({ code: 'custom', message: 'not-a-filter' })
  return z.NEVER
})

const gradingWords = /^(?:any|given-[A-D]|suggested-[A-D]|agreed|differed|decided|won|right-(?:rep|clew)|by-mem_[0-9a-z]{26})(?:\.(?:given-[A-D]|suggested-[A-D]|agreed|differed|decided|won|right-(?:rep|clew)|by-mem_[0-9a-z]{26})){0,4}$/

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
  /** of leads that came in live: with or without a first response */
  answered: z.enum(['yes', 'no']).optional(),
  /** hour of the day it came in, 0 to 23, in the organisation's zone */
  hour: z.coerce.number().int().min(0).max(23).optional(),
  /** of the first response that was promised: in time, or not */
  sla: z.enum(promises).optional(),
  /** of the grade a rep gave and what Clew would have said then: `given-A.suggested-B.decided`, all of them (grades/grading-filter) */
  grading: z.string().max(120).regex(gradingWords, 'not-a-grading').optional(),
  /** where it stands by its score, the cell somebody set going first; `none` for leads without one */
  cell: z.union([z.coerce.number().pipe(z.literal(cells)), z.literal('none')]).optional(),
  q: line(100).optional(),
  /** rows of the filter builder: all of them, and at least one of `or` */
  f: Conditions.optional(),
  or: Conditions.optional(),
})
export type LeadFilter = z.output<typeof LeadFilter>

// A cursor may carry a name.
export const Page = z.object({ cursor: z.string().max(2000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
export const sortOrder = z.string().refine((text) => sortNames.some((name) => name === text.replace(/^-/, '')), 'not-a-sort').default('-came_in')
export const ListLeads = LeadFilter.extend(Page.shape).extend({ updated_since: moment.optional(), sort: sortOrder })
export const CountSoon = LeadFilter.extend({ withinMs: z.number().int().min(1).max(10_000).default(400) })
export const GroupLeads = LeadFilter.extend({ group: z.enum(groupings), sort: sortOrder })
export const LeadBoard = LeadFilter.extend({ column: z.enum(stages).optional(), cursor: z.string().max(300).optional() })

const fieldId = idOf('cf')
const choice = z.object({ key: z.string().regex(/^[a-z0-9_]{1,40}$/, 'not-a-key'), en: requiredLine(60), zh: line(60).default('') })
const labels = { labelEn: requiredLine(60), labelZh: line(60).default('') }
export const CreateField = z.object({ ...labels, kind: z.enum(fieldKinds), choices: z.array(choice).max(50).default([]), currency: currencyCode.optional() })
export const ChangeField = z.object({ fieldId, ...labels, choices: z.array(choice).max(50).optional() })
export const ArchiveField = z.object({ fieldId, archived: z.boolean() })
export const ListFields = z.object({ all: z.boolean().default(false) })
const fieldValue = z.union([z.string().max(4000), z.array(z.string().max(60)).max(50)]).nullable()
export const SetLeadField = z.object({ leadId, fieldId, value: fieldValue, version: version.optional() })
/** By the keys of fields; null takes a value away. */
export const SetLeadFields = z.object({ leadId, version: version.optional(), custom: z.record(z.string().max(60), fieldValue).refine((values) => Object.keys(values).length <= 100, 'too-many') })

/** `was` is what the one who edits saw: only a change of the same field since then is a conflict. */
export const EditLead = z.object({ leadId, field: z.union([z.enum(editableFields), fieldId]), value: fieldValue, was: z.string().max(4000).default(''), version, force: z.boolean().default(false) })
export const QueueOf = z.object({ of: idOf('mem').optional() })
export const QueuePage = QueueOf.extend({ tab: z.enum(queueTabs).default('now'), cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(200).default(60) })
export const OneLead = z.object({ leadId })
export const LeadTimeline = z.object({ leadId, limit: z.coerce.number().int().min(1).max(500).default(200) })
