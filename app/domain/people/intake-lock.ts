import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'

/** The number of the advisory lock on an organisation's intake: shared by who takes in a few leads, alone by who takes in many, or merges. */
export const intakeLockKey = (orgId: Id<'org'>): string => sha256(`intake ${toUuid(orgId)}`).readBigInt64BE(0).toString()

/**
 * Keeps everybody else from taking in leads or merging in this organisation until the transaction ends: who is merged
 * must not change under an inquiry on its way in.
 */
export async function lockIntake(tx: Tx, orgId: Id<'org'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${intakeLockKey(orgId)}::bigint)`)
}
