/** Value lists of organisations. */
export const roles = ['admin', 'manager', 'marketer', 'rep', 'partner'] as const
export type Role = (typeof roles)[number]

export const memberStatuses = ['active', 'deactivated'] as const
export type MemberStatus = (typeof memberStatuses)[number]

/** What a permission is about; `leads:read` is the resource `leads` and the act `read`. */
export const resources = ['leads', 'reports', 'sources', 'deliveries', 'channels', 'members', 'settings', 'audit', 'referrals', 'assignment', 'absences'] as const
export type Resource = (typeof resources)[number]

/** Which rows of a resource a role sees. */
export const scopesOfVisibility = ['own', 'team', 'all'] as const
export type VisibilityScope = (typeof scopesOfVisibility)[number]

export const permissions = [
  'leads:read', 'leads:write', 'leads:assign', 'leads:claim', 'leads:submit', 'assignment:read', 'assignment:write', 'reports:read', 'sources:read', 'sources:write',
  'deliveries:read', 'deliveries:body', 'deliveries:replay', 'channels:read', 'channels:write', 'imports:write',
  'members:read', 'members:write', 'settings:read', 'settings:write', 'keys:read', 'keys:write', 'audit:read', 'referrals:read',
  'contacts:reveal', 'leads:export', 'absences:write', 'robots:write', 'targets:write', 'outreach:write', 'scoring:write',
] as const
export type Permission = (typeof permissions)[number]

const reader: readonly Permission[] = ['leads:read', 'reports:read', 'channels:read', 'members:read', 'absences:write']

/** What each role may do. Which rows it may do it to is a visibility rule. */
export const rolePermissions: Record<Role, ReadonlySet<Permission>> = {
  admin: new Set(permissions),
  manager: new Set([
    ...reader, 'leads:write', 'leads:assign', 'leads:claim', 'assignment:read', 'assignment:write', 'sources:read', 'deliveries:read', 'settings:read', 'audit:read', 'imports:write',
    'contacts:reveal', 'leads:export', 'robots:write', 'targets:write', 'outreach:write', 'scoring:write',
  ]),
  marketer: new Set([...reader, 'sources:read', 'sources:write', 'deliveries:read', 'deliveries:replay', 'channels:write', 'imports:write', 'leads:export']),
  rep: new Set([...reader, 'leads:write', 'leads:claim', 'contacts:reveal']),
  partner: new Set(['leads:submit', 'referrals:read']),
}

/** Defaults of visibility; an organisation may narrow or widen them. */
export const defaultVisibility: Record<Role, Record<'leads' | 'reports', VisibilityScope>> = {
  admin: { leads: 'all', reports: 'all' },
  manager: { leads: 'all', reports: 'all' },
  marketer: { leads: 'all', reports: 'all' },
  rep: { leads: 'own', reports: 'own' },
  partner: { leads: 'own', reports: 'own' },
}

/** Single keys of the workspace that a member may move to others; navigation ("g" and a letter), `/` and `?` stay. */
export const remappableKeys = ['j', 'k', 'c', 'e', 'n', 'q', 'd', 's', 'a', 'm', 'z', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
export type RemappableKey = (typeof remappableKeys)[number]

/** A letter, digit or mark that one press types; `g`, `/` and `?` have their own use. */
export const isUsableKey = (key: string): boolean => /^[\x21-\x7e]$/.test(key) && !'gG/?+'.includes(key) && key === key.toLowerCase()
/** Whose hours a calendar holds. */
export const calendarKinds = ['organisation', 'team', 'member'] as const
export type CalendarKind = (typeof calendarKinds)[number]

/** A day that differs from its weekday: nobody works, or people work though they usually would not (调休). */
export const workDayKinds = ['off', 'working'] as const
export type WorkDayKind = (typeof workDayKinds)[number]

export const absenceKinds = ['leave', 'sick', 'training'] as const
export type AbsenceKind = (typeof absenceKinds)[number]

/** Why somebody works or does not, at a moment. */
export const attendances = ['working', 'off-hours', 'day-off', 'absent', 'inactive'] as const
export type AttendanceWhy = (typeof attendances)[number]
