import { and, eq } from 'drizzle-orm'
import { command, DomainError, query } from '~/domain/kernel'
import { nothing } from '~/domain/kernel/contract'
import { visibilityRules } from '~db/schema/orgs'
import { SetVisibility } from './contract'
import { defaultVisibility, roles, type Role, type VisibilityScope } from './vocabulary'

export type Visibility = Record<'leads' | 'reports', VisibilityScope>
type Rule = { role: Role; resource: string; scope: VisibilityScope }

/** What a role sees: the organisation's rules, and the default where it has none. */
export function visibilityIn(role: Role, rules: readonly Rule[]): Visibility {
  const of = (resource: 'leads' | 'reports') => rules.find((rule) => rule.role === role && rule.resource === resource)?.scope ?? defaultVisibility[role][resource]
  return { leads: of('leads'), reports: of('reports') }
}

/** Which rows each role sees of leads and reports. */
export const visibilityOf = query({
  name: 'visibility.read',
  permission: 'settings:read',
  input: nothing,
  async run({ tx, ctx }): Promise<Record<Role, Visibility>> {
    const rules = await tx.select().from(visibilityRules).where(eq(visibilityRules.orgId, ctx.orgId))
    return Object.fromEntries(roles.map((role) => [role, visibilityIn(role, rules)])) as Record<Role, Visibility>
  },
})

/** Narrows or widens what a role sees of a resource: own, team or all; it holds from the next request. Refuses `conflict` for administrators, who see all. */
export const setVisibility = command({
  name: 'visibility.set',
  permission: 'settings:write',
  input: SetVisibility,
  async run({ tx, ctx, input, audit }) {
    if (input.role === 'admin' && input.scope !== 'all') throw new DomainError('conflict')
    const mine = and(eq(visibilityRules.orgId, ctx.orgId), eq(visibilityRules.role, input.role), eq(visibilityRules.resource, input.resource))
    const [rule] = await tx.select().from(visibilityRules).where(mine)
    const before = rule?.scope ?? defaultVisibility[input.role][input.resource]
    if (before === input.scope) return input
    await tx.insert(visibilityRules).values({ orgId: ctx.orgId, ...input, updatedAt: ctx.now })
      .onConflictDoUpdate({ target: [visibilityRules.orgId, visibilityRules.role, visibilityRules.resource], set: { scope: input.scope, updatedAt: ctx.now } })
    await audit(ctx.orgId, { before: { role: input.role, resource: input.resource, scope: before }, after: input })
    return input
  },
})
