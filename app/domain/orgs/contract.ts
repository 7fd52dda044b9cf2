import * as z from 'zod'
import { isLocale, LOCALES } from '~/lib/locales'
import { normalizeEmail } from '~/lib/email'
import { currencyCode, idOf, requiredLine } from '../kernel/contract'
import { roles, scopesOfVisibility } from './vocabulary'

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

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
