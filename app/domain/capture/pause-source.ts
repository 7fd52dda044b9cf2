import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sources } from '~db/schema'
import { command, type Context } from '../kernel'
import { forgetSource } from './connected-source'
import { OneSource } from './contract'
import { lockedSource } from './locked-source'
import type { SourceStatus } from './vocabulary'

/** Turns a source's messages away (410) until it is resumed. Pausing twice changes nothing. Refuses `not-found`. */
export const pauseSource = command({
  name: 'source.pause', permission: 'sources:write', input: OneSource,
  run: ({ tx, ctx, input, audit }) => setStatus(tx, ctx, input.sourceId, 'paused', (change) => audit(input.sourceId, change)),
})

/** Takes messages of a paused source again. Refuses `not-found`. */
export const resumeSource = command({
  name: 'source.resume', permission: 'sources:write', input: OneSource,
  run: ({ tx, ctx, input, audit }) => setStatus(tx, ctx, input.sourceId, 'active', (change) => audit(input.sourceId, change)),
})

type Change = { before: { status: SourceStatus }; after: { status: SourceStatus } }

async function setStatus(tx: Tx, ctx: Context, sourceId: Id<'src'>, status: SourceStatus, note: (change: Change) => Promise<void>): Promise<{ status: SourceStatus }> {
  const source = await lockedSource(tx, ctx, sourceId)
  if (source.status === status) return { status }
  await tx.update(sources).set({ status }).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
  await note({ before: { status: source.status }, after: { status } })
  forgetSource(source.key)
  return { status }
}
