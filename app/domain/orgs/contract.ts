import * as z from 'zod'
import { isLocale, LOCALES } from '~/lib/locales'
import { normalizeEmail } from '~/lib/email'
import { parseHours } from '~/lib/hours-text'
import { currencyCode, idOf, localDay, moment, requiredLine } from '../kernel/contract'
import { absenceKinds, roles, scopesOfVisibility, workDayKinds } from './vocabulary'

/** An IANA time zone this machine knows. */
export const timeZone = z.string({ error: 'required' }).refine(isTimeZone, 'not-a-time-zone')
const locale = z.string({ error: 'required' }).refine(isLocale, 'choice').transform((value) => LOCALES.find((known) => known === value) ?? 'en')
const email = z.string({ error: 'required' }).transform((raw, issue) => {
  const found = normalizeEmail(raw)
  if (found !== null && !found.unusual) return found.address.toLowerCase()
  issue.addIssue({ code: 'custom', message: 'email' })
  return z.NEVER
})
const noTeam = z.literal('').transform(() => null)
const teamId = z.union([idOf('team'), z.null(), noTeam]).optional().transform((id) => id ?? null)
const role = z.enum(roles, 'choice')

export const CreateOrganisation = z.object({
  name: requiredLine(120),
  currency: currencyCode.optional(),
  timeZone: timeZone.optional(),
  locale: locale.optional(),
  dataRegion: z.string().optional(),
  isDemo: z.boolean().optional(),
})
export const UpdateOrganisation = z.object({ name: requiredLine(120), currency: currencyCode, timeZone, locale })
export const InviteMember = z.object({ email, role, teamId })
export const InvitationId = z.object({ invitationId: idOf('inv') })
export const AddMember = z.object({ userId: z.string().min(1), name: requiredLine(), email, role, teamId })
export const MemberId = z.object({ memberId: idOf('mem') })
export const ChangeRole = z.object({ memberId: idOf('mem'), role })
export const MoveToTeam = z.object({ memberId: idOf('mem'), teamId })
export const TeamName = z.object({ name: requiredLine(80) })
export const RenameTeam = z.object({ teamId: idOf('team'), name: requiredLine(80) })
export const TeamId = z.object({ teamId: idOf('team') })
/** The resources whose rows can be narrowed by role. */
export const visibleResources = ['leads', 'reports'] as const
export const SetVisibility = z.object({ role, resource: z.enum(visibleResources, 'choice'), scope: z.enum(scopesOfVisibility, 'choice') })

/** A field that may be left blank: null then. */
function blankOr<S extends z.ZodType>(schema: S) {
  return z.union([z.literal('').transform(() => null), z.null(), schema]).optional().transform((value) => (value === undefined ? null : value))
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const hoursOfDay = z.string().max(200, 'too-long').default('').transform((text, issue) => {
  const spans = parseHours(text)
  if (spans !== null) return spans
  issue.addIssue({ code: 'custom', message: 'not-hours' })
  return z.NEVER
})
const whose = { teamId: blankOr(idOf('team')), memberId: blankOr(idOf('mem')) }
const timeOfDay = blankOr(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'not-a-time').transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))))

export const IsWorking = z.object({ memberIds: z.array(idOf('mem')).max(2_000), at: moment.optional() })
/** Hours of the organisation, or of a team or a member where one is named; seven texts, Monday first. */
export const SetHours = z.object({ ...whose, timeZone: blankOr(timeZone), ownDays: z.coerce.boolean().default(false), hours: z.array(hoursOfDay).length(7, 'choice') })
export const RemoveHours = z.object({ calendarId: idOf('cal') })
/** Days as people paste them, one a line; `likeWeekday` gives extra working days their hours (1 is Monday). */
export const AddWorkDays = z.object({
  teamId: blankOr(idOf('team')), kind: z.enum(workDayKinds, 'choice'), likeWeekday: z.coerce.number().int().min(1).max(7).default(1),
  lines: z.string({ error: 'required' }).trim().min(1, 'required').max(20_000, 'too-long'),
})
export const RemoveWorkDay = z.object({ calendarId: idOf('cal'), day: localDay })
export const AddAbsence = z.object({
  memberId: blankOr(idOf('mem')), fromDay: localDay, toDay: blankOr(localDay), fromTime: timeOfDay, toTime: timeOfDay, kind: z.enum(absenceKinds, 'choice'),
})
export const RemoveAbsence = z.object({ absenceId: idOf('abs') })
