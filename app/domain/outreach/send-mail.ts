import { and, eq } from 'drizzle-orm'
import { normalizeEmail } from '~/lib/email'
import type { Id } from '~/lib/ids'
import { isLocale } from '~/lib/locales'
import { decrypt } from '~/platform/crypto'
import { handOver, type Handover, type Mail } from '~/platform/mail'
import type { Tx } from '~db/client.server'
import { leads, outreachMailBodies, outreachMails } from '~db/schema'
import { command, emitIn, inTransaction, auditIn, type Context } from '../kernel'
import { logSentMail } from '../leads'
import { mailAddressesOf } from '../people'
import { SendMail } from './contract'
import { afterTry, takeUp, type Course } from './mail-course'
import { lockedMail, type MailRow } from './mail-rows'
import { suppress, suppressionOf } from './suppressions'
import { senderOf } from './template-values'
import { settledStates, type MailState } from './vocabulary'
import { writtenMail } from './written-mail'

type InTx = Context & { tx: Tx }
type Body = typeof outreachMailBodies.$inferSelect

/**
 * Sends one mail where it is due and nothing speaks against it at this moment: an address that was stopped since gets
 * none. At least once, always under one Message-ID; a contact is logged once it has left. Answers where it stands, or
 * null where it was not due. Refuses `not-found`. Source: trust.md, fact 7.
 */
export async function sendMail(ctx: Context, input: { mailId: Id<'mail'>; due?: string | undefined }): Promise<MailState | null> {
  const taken = await takeUpMail(ctx, input)
  if (taken === null || taken.mail === null) return taken?.state ?? null
  // Outside of any transaction: a server may take half a minute.
  const handover = await handOver(taken.mail).catch((error: unknown): Handover => { if (error instanceof RangeError) return 'refused'; throw error })
  return inTransaction(ctx, 'read write', async (tx) => {
    const row = await lockedMail({ ...ctx, tx }, input.mailId)
    // Another try has begun since: that one has the word.
    if (row.attempts !== taken.attempt) return row.state
    if (handover === 'bounced') await noteBounce({ ...ctx, tx }, row)
    return settle({ ...ctx, tx }, row, afterTry(row, handover, ctx.now))
  })
}

/** Takes a mail up, or settles it where it must not be sent. Null where it is not due. */
const takeUpMail = command({
  name: 'mail.take-up',
  permission: 'leads:write',
  input: SendMail,
  async run({ tx, ctx, input: { mailId, due } }): Promise<{ state: MailState; mail: Mail | null; attempt: number } | null> {
    const row = await lockedMail(ctx, mailId)
    const [body] = await tx.select().from(outreachMailBodies).where(and(eq(outreachMailBodies.orgId, ctx.orgId), eq(outreachMailBodies.mailId, mailId)))
    const isSuppressed = (await suppressionOf(ctx, row.addressKey)) !== null
    const { course, send } = takeUp(row, { now: ctx.now, due, isSuppressed, obstacle: await obstacleOf(ctx, row, body) })
    if (course.state === row.state && !send) return null
    const state = await settle(ctx, row, course)
    return { state, mail: send && body !== undefined ? await mailOf(ctx, row, body) : null, attempt: course.attempts }
  },
})

// The server says that there is no such mailbox: nobody needs to try again before somebody has looked.
async function noteBounce(ctx: InTx, { addressKey, personId }: MailRow): Promise<void> {
  if (!(await suppress(ctx, addressKey, 'bounced', 'server'))) return
  await auditIn(ctx.tx, ctx, 'suppression.bounce')(personId, { after: { kind: 'email', reason: 'bounced', addressKey } })
  await emitIn(ctx.tx, ctx)('suppression.changed', { personId })
}

// Erased, or no longer an address of this person: then nobody is left who could want it.
async function obstacleOf(ctx: InTx, row: MailRow, body: Body | undefined): Promise<'address-gone' | 'erased' | null> {
  if (body === undefined || body.token === null) return 'erased'
  const value = normalizeEmail(body.address)?.key
  const known = await mailAddressesOf(ctx.tx, ctx, row.personId)
  return known.some((each) => each.address === body.address || each.value === value) ? null : 'address-gone'
}

async function mailOf(ctx: InTx, row: MailRow, body: Body): Promise<Mail> {
  const sender = (await senderOf(ctx, row.memberId)) ?? { name: '', email: '', organisation: '' }
  const token = decrypt(body.token ?? '', `outreach_mail_bodies ${row.id}`)
  return writtenMail({ mailId: row.id, to: { name: body.name, address: body.address }, subject: body.subject, body: body.body, locale: isLocale(row.locale) ? row.locale : 'en', token, sender })
}

async function settle(ctx: InTx, row: MailRow, course: Course): Promise<MailState> {
  const { tx, orgId } = ctx
  const isSettled = settledStates.has(course.state)
  const activityId = course.state === 'sent' ? await logSentMail(ctx, { leadId: row.leadId, personId: row.personId, memberId: row.memberId, at: ctx.now }) : row.activityId
  const { state, nextAt, attempts, maybeSent, problem } = course
  await tx.update(outreachMails).set({ state, nextAt, attempts, maybeSent, problem, activityId, settledAt: isSettled ? ctx.now : null }).where(and(eq(outreachMails.orgId, orgId), eq(outreachMails.id, row.id)))
  if (!isSettled) return state
  await tx.update(outreachMailBodies).set({ token: null }).where(and(eq(outreachMailBodies.orgId, orgId), eq(outreachMailBodies.mailId, row.id)))
  await auditIn(tx, ctx, 'mail.settle')(row.leadId, { before: { kind: 'email', status: row.state, mailId: row.id }, after: { kind: 'email', status: state, reason: problem, mailId: row.id } })
  await tell(ctx, row, course)
  return state
}

async function tell({ tx, ...ctx }: InTx, { id: mailId, leadId, memberId }: MailRow, { state, problem }: Course): Promise<void> {
  const emit = emitIn(tx, ctx)
  const [lead] = await tx.select({ ownerId: leads.ownerId }).from(leads).where(and(eq(leads.orgId, ctx.orgId), eq(leads.id, leadId)))
  const about = { mailId, leadId, ownerId: lead?.ownerId ?? null }
  if (state === 'sent') await emit('mail.sent', about)
  if (state === 'suppressed') await emit('mail.suppressed', { ...about, memberId })
  if (state === 'failed' || state === 'unknown') await emit('mail.failed', { ...about, memberId, problem: state === 'unknown' ? 'unknown' : (problem ?? 'given-up') })
}
