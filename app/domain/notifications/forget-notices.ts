import { and, eq, lt } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { notices, robotPosts } from '~db/schema'
import { inTransaction, systemContext } from '../kernel'

const KEPT_DAYS = 90

/** Forgets notices and posts of robots after 90 days, in every organisation; what happened stays in the audit log. */
export async function forgetNotices(now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) {
    const ctx = systemContext(fromUuid('org', org), 'forget-notices', now)
    await inTransaction(ctx, 'read write', async (tx) => {
      await tx.delete(notices).where(and(eq(notices.orgId, ctx.orgId), lt(notices.madeAt, before)))
      await tx.delete(robotPosts).where(and(eq(robotPosts.orgId, ctx.orgId), lt(robotPosts.madeAt, before)))
    })
  }
}
