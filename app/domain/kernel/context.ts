import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { rolePermissions, type Permission, type Role, type VisibilityScope } from '../orgs/vocabulary'

export type UserActor = {
  kind: 'user'
  userId: string
  memberId: Id<'mem'>
  role: Role
  teamId: Id<'team'> | null
  visibility: Record<'leads' | 'reports', VisibilityScope>
}
export type Actor =
  | UserActor
  | { kind: 'apiKey'; keyId: Id<'key'>; scopes: ReadonlySet<Permission> }
  | { kind: 'source'; sourceId: Id<'src'> }
  | { kind: 'partner'; memberId: Id<'mem'> }
  | { kind: 'system'; job: string }

/** Who asks, in which organisation, when. `tx` is there while a verb runs inside another's transaction. */
export type Context = { orgId: Id<'org'>; actor: Actor; now: Date; requestId: string; tx?: Tx }

/** Whether an actor holds a permission. Which rows it covers is visibility, asked by the verb. */
export function can(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'user': return rolePermissions[actor.role].has(permission)
    case 'partner': return rolePermissions.partner.has(permission)
    case 'apiKey': return actor.scopes.has(permission)
    case 'source': return false
    case 'system': return true
  }
}

/** The id under which an actor stands in history and audit. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'user': return actor.memberId
    case 'partner': return actor.memberId
    case 'apiKey': return actor.keyId
    case 'source': return actor.sourceId
    case 'system': return actor.job
  }
}

/** The member behind an actor, where a person acts. */
export function memberOf(actor: Actor): Id<'mem'> | null {
  return actor.kind === 'user' || actor.kind === 'partner' ? actor.memberId : null
}

/** A context for work that no person asked for. `job` names it in the audit log. */
export function systemContext(orgId: Id<'org'>, job: string, now: Date, requestId = job): Context {
  return { orgId, actor: { kind: 'system', job }, now, requestId }
}
