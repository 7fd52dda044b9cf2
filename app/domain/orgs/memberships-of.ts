import { sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import type { Role } from './vocabulary'

/** A place an account holds. */
export type Membership = { orgId: Id<'org'>; memberId: Id<'mem'>; orgName: string; role: Role; isDemo: boolean }
type Row = { org_id: string; id: string; org_name: string; role: Role; is_demo: boolean }

/** The active memberships of an account across organisations, the oldest first. */
export async function membershipsOf(userId: string): Promise<Membership[]> {
  const rows = await database().execute<Row>(sql`select org_id, id, org_name, role, is_demo from clew_resolve.memberships(${userId})`)
  return rows.map((row) => ({ orgId: fromUuid('org', row.org_id), memberId: fromUuid('mem', row.id), orgName: row.org_name, role: row.role, isDemo: row.is_demo }))
}
