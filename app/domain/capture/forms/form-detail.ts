import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { env } from '~/platform/env'
import type { Tx } from '~db/client.server'
import { consentTexts, forms, formVersions, sources } from '~db/schema'
import { DomainError, query, type Context } from '../../kernel'
import type { FormStatus, LeadRule, SubmissionState } from '../vocabulary'
import { OneForm } from '../contract'
import { FormDefinition } from './definition'

const MONTH_MS = 30 * 86_400_000

/** A form with its draft, where its leads go, what came in, and every version and consent text it ever had. */
export type FormDetail = {
  id: Id<'frm'>; key: string; /** Its own page, and the line that puts it into another. */ address: string; snippet: string; name: string; sourceId: Id<'src'>; status: FormStatus; version: number; isChanged: boolean; draft: FormDefinition
  places: { channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null; productLineId: Id<'pl'> | null; ownerId: Id<'mem'> | null; poolId: Id<'pool'> | null; leadRule: LeadRule; defaultCountry: string }
  /** Submissions of the last 30 days by where they stand; those in quarantine of all time. */
  stats: Record<SubmissionState, number>
  versions: { version: number; at: Date }[]
  texts: { consent: string; locale: Locale; sha256: string; text: string; at: Date; given: number; refused: number }[]
}

/** One form. Views are not counted: a form tracks nobody before they send it. Refuses `not-found`. */
export const formDetail = query({
  name: 'form.detail',
  permission: 'sources:read',
  input: OneForm,
  async run({ tx, ctx, input: { formId } }): Promise<FormDetail> {
    const [found] = await tx.select({ form: forms, source: sources }).from(forms)
      .innerJoin(sources, and(eq(sources.orgId, forms.orgId), eq(sources.id, forms.sourceId)))
      .where(and(eq(forms.orgId, ctx.orgId), eq(forms.id, formId)))
    if (!found) throw new DomainError('not-found')
    const { form, source } = found
    const { channelId, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry } = source
    const versions = await tx.select({ version: formVersions.version, at: formVersions.at }).from(formVersions)
      .where(and(eq(formVersions.orgId, ctx.orgId), eq(formVersions.formId, formId))).orderBy(desc(formVersions.version)).limit(50)
    return {
      id: form.id, key: source.key, address: `${env().APP_BASE_URL}/f/${source.key}`, snippet: `<script src="${env().APP_BASE_URL}/embed.js" data-form="${source.key}" async></script>`, name: source.name, sourceId: source.id, status: form.status, version: form.version, isChanged: form.isChanged, draft: FormDefinition.parse(form.draft),
      places: { channelId, campaignId, productLineId, ownerId, poolId, leadRule, defaultCountry },
      stats: await statsOf(tx, ctx, formId), versions, texts: await textsOf(tx, ctx, formId),
    }
  },
})

async function statsOf(tx: Tx, ctx: Context, formId: Id<'frm'>): Promise<Record<SubmissionState, number>> {
  const since = new Date(ctx.now.getTime() - MONTH_MS).toISOString()
  const rows = await tx.execute<{ state: SubmissionState; n: number }>(sql`
    select state, count(*)::int as n from form_submissions
    where org_id = ${toUuid(ctx.orgId)} and form_id = ${toUuid(formId)} and (state = 'quarantined' or at >= ${since}::timestamptz) group by state`)
  return { accepted: 0, quarantined: 0, unconfirmed: 0, ignored: 0, discarded: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) }
}

async function textsOf(tx: Tx, ctx: Context, formId: Id<'frm'>): Promise<FormDetail['texts']> {
  const texts = await tx.select().from(consentTexts).where(and(eq(consentTexts.orgId, ctx.orgId), eq(consentTexts.formId, formId))).orderBy(asc(consentTexts.consent), desc(consentTexts.at)).limit(200)
  const counts = await tx.execute<{ consent: string; text_sha256: string; given: number; refused: number }>(sql`
    select consent, text_sha256, count(*) filter (where is_given)::int as given, count(*) filter (where not is_given)::int as refused
    from form_consents where org_id = ${toUuid(ctx.orgId)} and form_id = ${toUuid(formId)} group by consent, text_sha256`)
  return texts.map(({ consent, locale, sha256, text, at }) => {
    const count = counts.find((each) => each.consent === consent && each.text_sha256 === sha256)
    return { consent, locale: locale as Locale, sha256, text, at, given: count?.given ?? 0, refused: count?.refused ?? 0 }
  })
}
