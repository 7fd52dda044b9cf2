import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { channels } from '~db/schema'
import { command, type Context } from '../kernel'
import type { Tx } from '~db/client.server'
import { OneChannel } from './contract'
import { lockedChannel } from './locked-channel'

/** Takes a channel out of choices; what came through it stays. Twice changes nothing. Refuses `not-found`. */
export const archiveChannel = command({
  name: 'channel.archive', permission: 'channels:write', input: OneChannel,
  run: ({ tx, ctx, input, audit }) => setArchived(tx, ctx, input.channelId, ctx.now, (change) => audit(input.channelId, change)),
})

/** Brings an archived channel back. Refuses `not-found`. */
export const restoreChannel = command({
  name: 'channel.restore', permission: 'channels:write', input: OneChannel,
  run: ({ tx, ctx, input, audit }) => setArchived(tx, ctx, input.channelId, null, (change) => audit(input.channelId, change)),
})

type Change = { before: { status: string }; after: { status: string } }

async function setArchived(tx: Tx, ctx: Context, channelId: Id<'ch'>, archivedAt: Date | null, note: (change: Change) => Promise<void>): Promise<void> {
  const before = await lockedChannel(tx, ctx, channelId)
  if ((before.archivedAt === null) === (archivedAt === null)) return
  await tx.update(channels).set({ archivedAt }).where(and(eq(channels.orgId, ctx.orgId), eq(channels.id, channelId)))
  await note({ before: { status: before.archivedAt === null ? 'active' : 'archived' }, after: { status: archivedAt === null ? 'active' : 'archived' } })
}
