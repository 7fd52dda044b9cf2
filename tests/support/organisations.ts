import { defaultVisibility, type Permission, type Role } from '~/domain/orgs/vocabulary'
import { systemContext, type Context } from '~/domain/kernel'
import { type Id, newId } from '~/lib/ids'
import { members, organisations } from '~db/schema'
import { asSuperuser } from './database'

/** The moment most tests happen at: Wednesday, 15 May 2024, noon in Shanghai. */
export const NOON = new Date('2024-05-15T04:00:00Z')

/** An organisation and the people who may act in it. Contexts carry `now`, which tests move by hand. */
export type TestOrganisation = {
  orgId: Id<'org'>
  /** Work nobody asked for: every permission, every row. */
  system: Context
  /** A new member of this role, acting. */
  as: (role: Role, more?: { now?: Date; teamId?: Id<'team'>; name?: string }) => Promise<Context>
  /** An API key with these scopes, acting. */
  withKey: (...scopes: Permission[]) => Context
}

/** Makes an organisation: Shanghai, CNY, English unless said otherwise. */
export async function anOrganisation(more: Partial<typeof organisations.$inferInsert> = {}): Promise<TestOrganisation> {
  const orgId = more.orgId ?? newId('org')
  await asSuperuser((tx) =>
    tx.insert(organisations).values({
      name: 'Acme', locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY', dataRegion: 'cn', createdAt: NOON, ...more, orgId,
    }),
  )
  return {
    orgId,
    system: systemContext(orgId, 'test', NOON),
    as: (role, options = {}) => actAs(orgId, role, options),
    withKey: (...scopes) => ({
      orgId, now: NOON, requestId: 'test', actor: { kind: 'apiKey', keyId: newId('key'), scopes: new Set(scopes) },
    }),
  }
}

async function actAs(orgId: Id<'org'>, role: Role, options: { now?: Date; teamId?: Id<'team'>; name?: string }): Promise<Context> {
  const memberId = newId('mem')
  const userId = `user-${memberId}`
  const name = options.name ?? `A ${role}`
  await asSuperuser((tx) =>
    tx.insert(members).values({
      orgId, id: memberId, userId, role, name, teamId: options.teamId ?? null, email: `${memberId}@example.com`, status: 'active', createdAt: NOON,
    }),
  )
  return {
    orgId, now: options.now ?? NOON, requestId: 'test',
    actor: { kind: 'user', userId, memberId, role, teamId: options.teamId ?? null, visibility: defaultVisibility[role] },
  }
}
