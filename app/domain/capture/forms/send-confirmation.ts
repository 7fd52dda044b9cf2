import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { formWords } from '~/i18n/form-words.server'
import { isLocale, type Locale } from '~/lib/locales'
import { normalizeEmail } from '~/lib/email'
import { hmacSha256, sha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import { letter } from '~/platform/letter'
import { sendMail, type Mail } from '~/platform/mail'
import { deliveryBodies, forms, formSubmissions, organisations, sources } from '~db/schema'
import { command, DomainError, type Context } from '../../kernel'
import { connectorOf } from '../connectors/registry'
import { sourceKeys } from '../source-keys'
import { OneSubmission } from '../contract'

const WEEK_MS = 7 * 86_400_000

/**
 * Makes the link of a submission that waits for its confirmation, for seven days from the first asking, and answers the
 * mail that carries it; null where nothing waits any more. The link is made from the delivery, so that a second try sends
 * the same one; only its hash is kept. Refuses `not-found`.
 */
export const askConfirmation = command({
  name: 'submission.ask-confirmation',
  permission: 'sources:write',
  input: OneSubmission,
  async run({ tx, ctx, input: { deliveryId } }): Promise<Mail | null> {
    const [held] = await tx.select({ submission: formSubmissions, source: sources, org: organisations.name }).from(formSubmissions)
      .innerJoin(forms, and(eq(forms.orgId, formSubmissions.orgId), eq(forms.id, formSubmissions.formId)))
      .innerJoin(sources, and(eq(sources.orgId, forms.orgId), eq(sources.id, forms.sourceId)))
      .innerJoin(organisations, eq(organisations.orgId, formSubmissions.orgId))
      .where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId))).for('update', { of: formSubmissions })
    if (!held) throw new DomainError('not-found')
    const { submission, source, org } = held
    const to = submission.state === 'unconfirmed' ? await addressOf({ ...ctx, tx }, deliveryId, source.id) : null
    if (to === null) return null
    const token = hmacSha256(env().SESSION_SECRET[0] ?? '', `confirm ${deliveryId}`).toString('base64url')
    const tokenExpiresAt = submission.tokenExpiresAt ?? new Date(ctx.now.getTime() + WEEK_MS)
    await tx.update(formSubmissions).set({ tokenSha256: sha256(token).toString('hex'), tokenExpiresAt }).where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId)))
    return mailOf({ to, org, deliveryId, locale: isLocale(submission.locale) ? submission.locale : 'en', link: `${env().APP_BASE_URL}/f/${source.key}/confirmation/${token}` })
  },
})

/** Sends that mail, at least once and always under one Message-ID. */
export async function sendConfirmation(ctx: Context, input: { deliveryId: Id<'dlv'> }): Promise<void> {
  const mail = await askConfirmation(ctx, input)
  if (mail !== null) await sendMail(mail)
}

async function addressOf(ctx: Parameters<typeof sourceKeys>[0], deliveryId: Id<'dlv'>, sourceId: Id<'src'>): Promise<string | null> {
  const [kept] = await ctx.tx.select().from(deliveryBodies).where(and(eq(deliveryBodies.orgId, ctx.orgId), eq(deliveryBodies.deliveryId, deliveryId)))
  if (!kept) return null
  const mapped = connectorOf('form').map({ raw: kept.body, headers: kept.headers as Record<string, string>, way: 'form' }, await sourceKeys(ctx, sourceId))
  const typed = 'leads' in mapped ? mapped.leads[0]?.emails[0] : undefined
  const email = typed === undefined ? null : normalizeEmail(typed)
  return email === null || email.unusual ? null : email.address
}

// Nothing a stranger typed stands in it: a form must not be a way to write to somebody else.
function mailOf({ to, org, deliveryId, locale, link }: { to: string; org: string; deliveryId: Id<'dlv'>; locale: Locale; link: string }): Mail {
  const { mail } = formWords(locale)
  const say = (text: string) => text.replaceAll('{org}', org)
  const content = letter({ greeting: mail.greeting, lines: [say(mail.text)], button: { label: mail.button, href: link }, after: [say(mail.after)] })
  return { to: { name: '', address: to }, subject: say(mail.subject), ...content, intent: `confirm ${deliveryId}` }
}
