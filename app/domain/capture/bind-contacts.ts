import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { auditIn, type Context } from '../kernel'
import { addIdentities } from '../people'
import type { Meaning } from './connectors/connector'
import { lockNames } from './ingest-lead-lookup'
import type { LeadDraft } from './lead-draft'
import { normaliseDraft, type Identity } from './normalise-draft'
import type { IngestSource } from './plan-ingest'

/** The lead a code was made for, and its person. */
export type CodeHolder = { leadId: Id<'lead'>; personId: Id<'per'> | null }

/**
 * A contact that came by a code made for one lead is that lead's person: its ways of being found are hung on them, and
 * no inquiry is made of it. Answers the drafts that are left, and whose each code is.
 */
export async function bindContacts(ctx: Context & { tx: Tx }, source: IngestSource, drafts: readonly LeadDraft[], touches: Meaning['touches'] = []): Promise<{ drafts: LeadDraft[]; holders: Map<string, CodeHolder> }> {
  const codes = [...drafts.map(({ external }) => external['state']), ...touches.map(({ who }) => who.code)].filter((code) => typeof code === 'string')
  const holders = codes.length === 0 ? new Map<string, CodeHolder>() : await holdersOf(ctx, source, codes)
  const rest: LeadDraft[] = []
  for (const draft of drafts) {
    const holder = holders.get(draft.external['state'] ?? '')
    if (holder?.personId == null) rest.push(draft)
    else await name(ctx, holder.leadId, holder.personId, normaliseDraft(draft, source.defaultCountry).identities)
  }
  for (const { who } of touches) {
    const holder = holders.get(who.code ?? '')
    if (holder?.personId != null && who.wechat !== null) await name(ctx, holder.leadId, holder.personId, [{ kind: 'wechat', value: who.wechat.toLowerCase(), shown: who.wechat }])
  }
  return { drafts: rest, holders }
}

async function name(ctx: Context & { tx: Tx }, leadId: Id<'lead'>, personId: Id<'per'>, found: readonly Identity[]): Promise<void> {
  await lockNames(ctx.tx, ctx.orgId, found.map(({ kind, value }) => `${kind} ${value}`))
  const added = await addIdentities(ctx, personId, found)
  if (added > 0) await auditIn(ctx.tx, ctx, 'lead.bind-contact')(leadId, { after: { personId, counts: added } })
}

async function holdersOf({ tx, orgId, now }: Context & { tx: Tx }, source: IngestSource, codes: readonly string[]): Promise<Map<string, CodeHolder>> {
  const org = toUuid(orgId)
  const rows = await tx.execute<{ code: string; lead_id: string; person_id: string | null }>(sql`
    with used as (
      update contact_codes set used_at = coalesce(used_at, ${now.toISOString()}::timestamptz)
      where org_id = ${org} and source_id = ${toUuid(source.id)} and code = any (array(select json_array_elements_text(${JSON.stringify(codes)}::json))) returning code, lead_id
    )
    select u.code, u.lead_id, coalesce(l.person_id, (select lp.person_id from lead_people lp where lp.org_id = ${org} and lp.lead_id = l.id order by lp.added_at, lp.person_id limit 1)) as person_id
    from used u join leads l on l.org_id = ${org} and l.id = u.lead_id`)
  return new Map(rows.map((row) => [row.code, { leadId: fromUuid('lead', row.lead_id), personId: row.person_id === null ? null : fromUuid('per', row.person_id) }]))
}
