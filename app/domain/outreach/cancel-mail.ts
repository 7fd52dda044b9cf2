import { and, eq } from 'drizzle-orm'
import { outreachMailBodies, outreachMails } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { canSeeLead } from '../leads'
import { OneMail } from './contract'
import { lockedMail } from './mail-rows'
import { takeBack } from './mail-course'
import type { MailState } from './vocabulary'

/**
 * Takes one's own mail back before it leaves; what it said is kept, so that it can be written anew. Twice does nothing
 * more. Refuses: not-found, not-allowed (another's), mail-gone (it has left, or is leaving).
 */
export const cancelMail = command({
  name: 'mail.cancel',
  permission: 'leads:write',
  input: OneMail,
  async run({ tx, ctx, input: { mailId }, emit, audit }): Promise<{ state: MailState }> {
    const mail = await lockedMail(ctx, mailId)
    if (!(await canSeeLead(ctx, mail.leadId))) throw new DomainError('not-found')
    if (mail.memberId !== memberOf(ctx.actor)) throw new DomainError('not-allowed')
    if (mail.state === 'cancelled') return { state: mail.state }
    const course = takeBack(mail)
    if (course === null) throw new DomainError('mail-gone')
    const mine = and(eq(outreachMails.orgId, ctx.orgId), eq(outreachMails.id, mailId))
    await tx.update(outreachMails).set({ ...course, settledAt: ctx.now }).where(mine)
    await tx.update(outreachMailBodies).set({ token: null }).where(and(eq(outreachMailBodies.orgId, ctx.orgId), eq(outreachMailBodies.mailId, mailId)))
    await audit(mail.leadId, { before: { kind: 'email', status: 'queued', mailId }, after: { kind: 'email', status: course.state, mailId } })
    await emit('mail.cancelled', { mailId, leadId: mail.leadId })
    return { state: course.state }
  },
})
