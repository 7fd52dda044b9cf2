import { and, eq, ne } from 'drizzle-orm'
import { channels } from '~db/schema'
import { command } from '../kernel'
import { RenameChannel } from './contract'
import { foldName } from './fold-name'
import { lockedChannel, nameTaken } from './locked-channel'

/** Gives a channel another name and, if said, kind. Leads and spend stay with it. Refuses `not-found`, `name-taken`. */
export const renameChannel = command({
  name: 'channel.rename',
  permission: 'channels:write',
  input: RenameChannel,
  async run({ tx, ctx, input: { channelId, name, kind }, audit }): Promise<void> {
    const before = await lockedChannel(tx, ctx, channelId)
    const key = foldName(name)
    const [other] = await tx.select({ id: channels.id }).from(channels).where(and(eq(channels.orgId, ctx.orgId), eq(channels.key, key), ne(channels.id, channelId)))
    if (other) throw nameTaken()
    const after = { name, kind: kind ?? before.kind }
    await tx.update(channels).set({ ...after, key }).where(and(eq(channels.orgId, ctx.orgId), eq(channels.id, channelId)))
    await audit(channelId, { before: { name: before.name, kind: before.kind }, after })
  },
})
