import { eq, and } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { channels } from '~db/schema'
import { command, DomainError } from '../kernel'
import { EnsureChannel } from './contract'
import { ensureChannels } from './ensure-channels'
import { foldName } from './fold-name'

/** The channel of this name, whatever its case; made with a guessed kind where there is none. */
export const ensureChannel = command({
  name: 'channel.ensure',
  permission: 'channels:write',
  input: EnsureChannel,
  async run({ tx, ctx, input: { name }, audit }): Promise<{ channelId: Id<'ch'> }> {
    const [known] = await tx.select({ id: channels.id }).from(channels).where(and(eq(channels.orgId, ctx.orgId), eq(channels.key, foldName(name))))
    if (known) return { channelId: known.id }
    const [channel] = await ensureChannels({ ...ctx, tx }, [name])
    if (!channel) throw new DomainError('conflict')
    const channelId = fromUuid('ch', channel.id)
    await audit(channelId, { after: { name } })
    return { channelId }
  },
})
