import type { Id } from '~/lib/ids'
import { command, DomainError, memberOf } from '../kernel'
import { nothing } from '../kernel/contract'
import { tell } from './tell'

/** Tells the member who asks of a test by every channel, at once and whatever their quiet hours; at most once a minute. Answers how many. Refuses: too-many. */
export const sendTestNotice = command({
  name: 'notice.send-test',
  permission: 'leads:read',
  input: nothing,
  async run({ ctx, audit }): Promise<{ memberId: Id<'mem'> }> {
    const memberId = memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('not-allowed')
    const told = await tell(ctx, [{ memberId, kind: 'test', key: ctx.now.toISOString().slice(0, 16), subject: null }])
    if (told === 0) throw new DomainError('too-many', { params: { seconds: 60 - ctx.now.getUTCSeconds() } })
    await audit(memberId, { after: { kind: 'test' } })
    return { memberId }
  },
})
