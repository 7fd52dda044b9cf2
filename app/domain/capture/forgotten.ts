import { and, eq, inArray, sql } from 'drizzle-orm'
import { sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { erasedInquiries } from '~db/schema'
import type { Context } from '../kernel'
import type { IngestSource } from './plan-ingest'

type InTx = Context & { tx: Tx }

/** A digest, so that the memory of an erasure holds nothing that could be shown or searched. */
const digestOf = ({ orgId }: Context, source: Pick<IngestSource, 'id'>, externalId: string): string => sha256(`erased ${orgId} ${source.id} ${externalId}`).toString('hex')

/** Takes the locks under which a lead comes or is forgotten, one after the other, and remembers nothing. */
async function lock(ctx: InTx, digests: readonly string[]): Promise<void> {
  await ctx.tx.execute(sql`
    select count(pg_advisory_xact_lock(key)) from (
      select distinct hashtextextended('erasure ' || digest, 0) as key from json_array_elements_text(${JSON.stringify(digests)}::json) digest order by 1) each`)
}

/** Which of these external ids were to be forgotten. What is asked about can be forgotten by nobody else until the end of the transaction. */
export async function forgottenAmong(ctx: InTx, source: Pick<IngestSource, 'id'>, externalIds: readonly string[]): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set()
  const byDigest = new Map(externalIds.map((externalId) => [digestOf(ctx, source, externalId), externalId]))
  await lock(ctx, [...byDigest.keys()])
  const rows = await ctx.tx.select({ digest: erasedInquiries.externalDigest }).from(erasedInquiries)
    .where(and(eq(erasedInquiries.orgId, ctx.orgId), eq(erasedInquiries.sourceId, source.id), inArray(erasedInquiries.externalDigest, [...byDigest.keys()])))
  return new Set(rows.flatMap(({ digest }) => byDigest.get(digest) ?? []))
}

/** Remembers that an external id was to be forgotten. Answers whether that is new. */
export async function rememberForgotten(ctx: InTx, source: Pick<IngestSource, 'id'>, externalId: string): Promise<boolean> {
  const externalDigest = digestOf(ctx, source, externalId)
  await lock(ctx, [externalDigest])
  const rows = await ctx.tx.insert(erasedInquiries).values({ orgId: ctx.orgId, sourceId: source.id, externalDigest, at: ctx.now }).onConflictDoNothing().returning({ at: erasedInquiries.at })
  return rows.length > 0
}
