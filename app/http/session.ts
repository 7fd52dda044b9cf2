import { sessionOf } from '~/domain/auth'
import type { UserActor } from '~/domain/kernel'
import { membershipsOf, placeOf, type Membership } from '~/domain/orgs'
import type { Role } from '~/domain/orgs/vocabulary'
import { localeOf, readCookie } from '~/i18n/locale'
import type { Locale } from '~/lib/locales'
import type { Id } from '~/lib/ids'
import { env } from '~/platform/env'
import { now } from './request-context'

/** Who looks at a page, as the page may show them. */
export type Viewer = {
  userId: string
  memberId: Id<'mem'>
  name: string
  email: string
  role: Role
  isOperator: boolean
  locale: Locale
  org: { id: Id<'org'>; name: string; timeZone: string; currency: string; locale: Locale; isDemo: boolean }
  orgs: { id: Id<'org'>; name: string }[]
}
export type Viewing = { viewer: Viewer; actor: UserActor; orgId: Id<'org'> }

/** The cookie that remembers which of one's organisations is open; it only ever chooses among memberships. */
const orgCookie = 'clew_org'

/** Whoever is signed in with an active place in an organisation, asked anew for every request; else null. */
export async function viewerOf(request: Request, at: Date = now()): Promise<Viewing | null> {
  const session = await sessionOf(request.headers, at)
  if (session === null) return null
  const memberships = await membershipsOf(session.userId)
  const chosen = chosenMembership(memberships, readCookie(request.headers.get('cookie'), orgCookie))
  const place = chosen === null ? null : await placeOf(chosen.orgId, chosen.memberId, at)
  if (place === null) return null
  const { actor, organisation } = place
  const viewer: Viewer = {
    userId: session.userId, memberId: actor.memberId, name: session.name, email: session.email, role: actor.role, isOperator: session.isOperator,
    locale: localeOf(request), org: organisation, orgs: memberships.map(({ orgId, orgName }) => ({ id: orgId, name: orgName })),
  }
  return { viewer, actor, orgId: organisation.id }
}

/** The Set-Cookie line that opens another of one's organisations. */
export function orgCookieFor(orgId: Id<'org'>): string {
  const secure = env().APP_BASE_URL.startsWith('https://') ? '; Secure' : ''
  return `${orgCookie}=${orgId}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax${secure}`
}

function chosenMembership(memberships: readonly Membership[], wanted: string | null): Membership | null {
  return memberships.find(({ orgId }) => orgId === wanted) ?? memberships[0] ?? null
}
