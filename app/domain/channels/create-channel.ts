import { newId, type Id } from '~/lib/ids'
import { channels } from '~db/schema'
import { command } from '../kernel'
import { CreateChannel } from './contract'
import { foldName } from './fold-name'
import { nameTaken } from './locked-channel'

/** Adds a channel. Refuses `name-taken`, whatever the case it is written in, also by an archived one. */
export const createChannel = command({
  name: 'channel.create',
  permission: 'channels:write',
  input: CreateChannel,
  async run({ tx, ctx, input: { name, kind }, audit }): Promise<{ channelId: Id<'ch'> }> {
    const [made] = await tx.insert(channels).values({ orgId: ctx.orgId, id: newId('ch'), name, kind, key: foldName(name), createdAt: ctx.now }).onConflictDoNothing().returning({ id: channels.id })
    if (!made) throw nameTaken()
    await audit(made.id, { after: { name, kind } })
    return { channelId: made.id }
  },
})
