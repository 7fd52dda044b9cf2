import { toUuid } from '~/lib/ids'
import type { Installation } from './installation'

/** What an organisation holds, and what its outbox still owes. */
export type Tally = { deliveries: number; keys: number; inquiries: number; leads: number; twice: number; waiting: number; unsettled: number; dead: number }

export async function count(installation: Installation, orgId: string): Promise<Tally> {
  const sql = installation.database()
  const org = toUuid(orgId)
  try {
    const [row] = await sql<Tally[]>`
      select (select count(*)::int from deliveries where org_id = ${org}) as deliveries,
        (select count(*)::int from delivery_keys where org_id = ${org}) as keys,
        (select count(*)::int from inquiries where org_id = ${org}) as inquiries,
        (select count(*)::int from leads where org_id = ${org}) as leads,
        (select count(*)::int from (select external_id from inquiries where org_id = ${org} group by source_id, external_id having count(*) > 1) d) as twice,
        (select count(*)::int from outbox where org_id = ${org} and relayed_at is null) as waiting,
        (select count(*)::int from outbox where org_id = ${org} and relayed_at is not null and settled_at is null) as unsettled,
        (select count(*)::int from outbox_receipts where org_id = ${org} and state = 'dead') as dead`
    if (!row) throw new Error('no answer')
    return row
  } finally {
    await sql.end({ timeout: 2 })
  }
}

