import { eq, inArray, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { members, organisations } from '~db/schema'
import { deleteAccount } from '../auth'
import { DomainError } from '../kernel'

/** How many rows went, and the addresses of the accounts that belonged nowhere else. */
export type Purged = { rows: number; emails: string[] }

/**
 * Removes an organisation from every table in one transaction, and the accounts of people who are in no other.
 * `demoOnly` refuses a real organisation ('not-allowed'); an unknown one is 'not-found'.
 */
export async function purgeOrganisation(orgId: Id<'org'>, { demoOnly }: { demoOnly: boolean }): Promise<Purged> {
  const { people, rows } = await database('worker').transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.org_id', ${toUuid(orgId)}, true)`)
    const [found] = await tx.select({ isDemo: organisations.isDemo }).from(organisations).where(eq(organisations.orgId, orgId))
    if (found === undefined) throw new DomainError('not-found')
    if (demoOnly && !found.isDemo) throw new DomainError('not-allowed')
    const people = await tx.select({ userId: members.userId, email: members.email }).from(members).where(eq(members.orgId, orgId))
    const [gone] = await tx.execute<{ rows: string }>(sql`select clew_ops.purge_org(${toUuid(orgId)}) as rows`)
    return { people, rows: Number(gone?.rows ?? 0) }
  })
  const elsewhere = await placedElsewhere(people.map(({ userId }) => userId))
  const emails: string[] = []
  for (const { userId, email } of people) {
    if (!elsewhere.has(userId) && (await deleteAccount(userId))) emails.push(email)
  }
  return { rows, emails }
}

// Organisation by organisation: whoever only rests in another one must find their account when they come back.
async function placedElsewhere(userIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  if (userIds.length === 0) return found
  for (const { org_id: org } of await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)) {
    await database('worker').transaction(async (tx) => {
      await tx.execute(sql`select set_config('app.org_id', ${org}, true)`)
      const rows = await tx.select({ userId: members.userId }).from(members).where(inArray(members.userId, [...userIds]))
      for (const { userId } of rows) found.add(userId)
    })
  }
  return found
}
