import { asc, and, eq, inArray } from 'drizzle-orm'
import { counted, noticeWords, said } from '~/i18n/notice-words.server'
import { isId, type Id } from '~/lib/ids'
import { env } from '~/platform/env'
import { letter } from '~/platform/letter'
import type { Mail } from '~/platform/mail'
import { notices } from '~db/schema'
import { inTransaction, type Context } from '../kernel'
import { actorOf } from '../orgs'
import { linesOf } from './notice-page'
import { reportLines } from './report-lines'
import { toldOf } from './settings'

const MOST_LINES = 30

/**
 * The mail of a batch in its reader's language: sentences and one link, with names only of what the reader may see now.
 * Null for a member who is no more. The intent, and with it the Message-ID, is that of the batch.
 */
export async function mailOf(ctx: Context, memberId: Id<'mem'>, { batch, noticeIds }: { batch: string; noticeIds: readonly Id<'ntc'>[] }): Promise<Mail | null> {
  const actor = await actorOf(ctx.orgId, memberId, ctx.now)
  if (actor === null) return null
  return inTransaction(ctx, 'read only', async (tx) => {
    const told = (await toldOf(tx, ctx, [memberId])).get(memberId)
    const rows = await tx.select().from(notices).where(and(eq(notices.orgId, ctx.orgId), inArray(notices.id, [...noticeIds]))).orderBy(asc(notices.id))
    const [only] = rows
    if (told === undefined || only === undefined) return null
    const words = noticeWords(told.locale)
    const lines = await linesOf({ ...ctx, actor, tx }, rows, told.locale, told.timeZone)
    const texts = lines.map(({ text }) => text)
    const isOne = rows.length === 1
    const report = isOne && only.kind === 'daily_report' && isId('drp', only.subject) ? await reportLines({ ...ctx, tx }, only.subject, told.locale) : []
    const base = env().APP_BASE_URL
    const rest = texts.length - MOST_LINES
    const content = letter({
      greeting: said(words.mail.hello, { name: told.name }),
      lines: [...(isOne ? [] : [counted(words.mail.digestLine, texts.length)]), ...texts.slice(0, MOST_LINES), ...(rest > 0 ? [counted(words.mail.more, rest)] : []), ...report],
      button: { label: words.mail.open, href: `${base}${isOne ? (lines[0]?.href ?? '/notifications') : '/notifications'}` },
      after: [said(words.mail.why, { href: `${base}/settings/notifications` })],
    })
    return {
      to: { name: told.name, address: told.email }, subject: isOne ? (texts[0] ?? '') : counted(words.mail.digestSubject, texts.length), ...content, intent: `notices ${ctx.orgId} ${memberId} ${batch}`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    }
  })
}
