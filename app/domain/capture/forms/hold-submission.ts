import { and, eq, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { hmacSha256 } from '~/platform/crypto'
import { env } from '~/platform/env'
import type { Tx } from '~db/client.server'
import { formConsents, formSubmissions } from '~db/schema'
import { emitIn, type Context } from '../../kernel'
import { contactOf } from '../connectors/form/map-form'
import type { Keys } from '../connectors/connector'
import type { LeadDraft } from '../lead-draft'
import type { Verdict } from '../stored-deliveries'
import type { SubmissionState, Way } from '../vocabulary'
import { checkSubmission } from './check-submission'
import { languageOf, publishedIn, type PublishedForm } from './published-form'
import { one, readEntries, type Entries } from './read-entries'
import { holdReasonsOf, textKey } from './reputation'
import { openTime } from './sealed-time'

type InTx = Context & { tx: Tx }
type Message = { way: Way; headers: Readonly<Record<string, string>>; body: Uint8Array; receivedAt: Date }

/** The field people do not see and programs fill in. */
export const HONEYPOT = 'fax_number'
const WAITING: Verdict = { verdict: 'stored', issues: null, leadId: null, inquiryId: null }

/**
 * Notes a form's submission on its first reading, with the proof of what was ticked, and says whether it may become a
 * lead: null where it may, else what it is until a person or the submitter decides. Other messages are never held.
 */
export async function holdSubmission(ctx: InTx, deliveryId: Id<'dlv'>, message: Message, keys: Keys, draft: LeadDraft | undefined): Promise<Verdict | null> {
  const form = publishedIn(keys.settings)
  if (message.way !== 'form' || form === null || draft === undefined) return null
  const [known] = await ctx.tx.select({ state: formSubmissions.state }).from(formSubmissions).where(and(eq(formSubmissions.orgId, ctx.orgId), eq(formSubmissions.deliveryId, deliveryId)))
  return verdictOf(known?.state ?? (await note(ctx, deliveryId, message, keys, draft, form)))
}

const verdictOf = (state: SubmissionState): Verdict | null => {
  switch (state) {
    case 'accepted': return null
    case 'quarantined':
    case 'unconfirmed': return WAITING
    case 'ignored': return { ...WAITING, verdict: 'processed', issues: [{ path: '', code: 'repeat-ignored' }] }
    case 'discarded': return { ...WAITING, verdict: 'rejected', issues: [{ path: '', code: 'discarded' }] }
  }
}

async function note(ctx: InTx, deliveryId: Id<'dlv'>, message: Message, { secrets: [secret = ''] }: Keys, draft: LeadDraft, form: PublishedForm): Promise<SubmissionState> {
  const read = readEntries(message.body, message.headers['content-type'] ?? '')
  const entries: Entries = read.ok ? read.entries : {}
  const contact = contactOf(draft)
  const text = textKey(draft.message)
  const digests = { contact: contact === null ? null : digestOf(ctx, contact), text: text === null ? null : digestOf(ctx, text), caller: message.headers['clew-caller'] ?? null }
  if (digests.contact !== null) await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${digests.contact}, 1))`)
  const history = await historyOf(ctx, form.formId, digests, message.receivedAt)
  const sealed = one(entries, '_t')
  const shownAt = sealed === null ? null : openTime(secret, sealed)
  const reasons = holdReasonsOf({
    honeypot: one(entries, HONEYPOT), seconds: shownAt === null || shownAt === 'forged' ? shownAt : (message.receivedAt.getTime() - shownAt.getTime()) / 1000, minSeconds: form.minSeconds,
    names: [draft.fullName, draft.givenName, draft.familyName, draft.company].flatMap((each) => each ?? []), emails: draft.emails, message: draft.message, ...history,
  })
  const needsConfirmation = form.doubleOptIn && draft.emails.length > 0
  const state: SubmissionState = reasons.length > 0 ? 'quarantined' : form.duplicates === 'ignore' && history.accepted > 0 ? 'ignored' : needsConfirmation ? 'unconfirmed' : 'accepted'
  const locale = languageOf(form, message.headers['clew-form-locale'])
  await ctx.tx.insert(formSubmissions).values({
    orgId: ctx.orgId, deliveryId, formId: form.formId, version: Number(message.headers['clew-form-version'] ?? form.version), locale, state, reasons, needsConfirmation,
    contactDigest: digests.contact, textDigest: digests.text, callerDigest: digests.caller, at: message.receivedAt,
  })
  await noteConsents(ctx, deliveryId, message, form, entries, locale)
  if (state === 'unconfirmed') await emitIn(ctx.tx, ctx)('form.confirmation-asked', { formId: form.formId, deliveryId })
  return state
}

async function noteConsents(ctx: InTx, deliveryId: Id<'dlv'>, { receivedAt }: Message, form: PublishedForm, entries: Entries, locale: string): Promise<void> {
  const { ticked } = checkSubmission(form, entries, locale)
  const proofs = ticked.flatMap(({ consent, purpose, isGiven, sha256, locale: shown }) =>
    sha256 === null ? [] : [{ orgId: ctx.orgId, deliveryId, consent, formId: form.formId, purpose, textSha256: sha256, locale: shown, isGiven, at: receivedAt }])
  if (proofs.length > 0) await ctx.tx.insert(formConsents).values(proofs).onConflictDoNothing()
}

type Digests = { contact: string | null; text: string | null; caller: string | null }

// Each count stands on an index of its own and stops early: a flood must not make the next look dearer.
async function historyOf(ctx: InTx, formId: Id<'frm'>, { contact, text, caller }: Digests, now: Date): Promise<{ sameText: number; knownBad: number; accepted: number }> {
  const org = toUuid(ctx.orgId)
  const [row] = await ctx.tx.execute<{ same_text: number; known_bad: number; accepted: number }>(sql`
    select
      (select count(*)::int from (select from form_submissions where org_id = ${org} and text_digest = ${text} and at > ${now.toISOString()}::timestamptz - interval '1 day' limit 10) t) as same_text,
      (select count(*)::int from (select from form_submissions where org_id = ${org} and contact_digest = ${contact} and state = 'discarded' and at > ${now.toISOString()}::timestamptz - interval '90 days' limit 1) c)
        + (select count(*)::int from (select from form_submissions where org_id = ${org} and caller_digest = ${caller} and state = 'discarded' and at > ${now.toISOString()}::timestamptz - interval '1 day' limit 1) i) as known_bad,
      (select count(*)::int from (select from form_submissions where org_id = ${org} and contact_digest = ${contact} and form_id = ${toUuid(formId)} and state = 'accepted' limit 1) a) as accepted`)
  return { sameText: row?.same_text ?? 0, knownBad: row?.known_bad ?? 0, accepted: row?.accepted ?? 0 }
}

const digestOf = (ctx: Context, text: string): string => hmacSha256(env().ENCRYPTION_KEY[0] ?? '', `form ${ctx.orgId} ${text}`).toString('hex').slice(0, 40)
