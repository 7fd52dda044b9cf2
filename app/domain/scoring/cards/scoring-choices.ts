import { asc, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { campaigns, channels, fieldDefinitions, productLines, sources } from '~db/schema'
import type { ChannelKind } from '../../channels/vocabulary'
import { query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import type { FieldKind } from '../../leads/vocabulary'

type Choice<P extends string> = { id: Id<P>; name: string; isArchived: boolean }
export type ScoringChoices = {
  fields: { id: Id<'cf'>; key: string; kind: FieldKind; labelEn: string; labelZh: string; choices: { key: string; en: string; zh: string }[]; isArchived: boolean }[]
  channels: (Choice<'ch'> & { kind: ChannelKind })[]; campaigns: (Choice<'cmp'> & { channelId: Id<'ch'> })[]; sources: Choice<'src'>[]; productLines: Choice<'pl'>[]
  /** what was asked in the newest inquiries, and what is known of companies, most frequent first */
  questions: string[]; industries: string[]; countries: string[]
}

const NEWEST = 2_000
const MOST = 100

/** What a card may ask about: fields, channels, campaigns, sources, product lines (archived ones say so), questions, industries, countries. */
export const scoringChoices = query({
  name: 'score-card.choices',
  permission: 'settings:read',
  input: nothing,
  async run({ tx }): Promise<ScoringChoices> {
    const fields = await tx.select().from(fieldDefinitions).orderBy(asc(fieldDefinitions.position), asc(fieldDefinitions.id))
    const ways = await tx.select({ id: channels.id, name: channels.name, kind: channels.kind, isArchived: sql<boolean>`${channels.archivedAt} is not null` }).from(channels).orderBy(asc(channels.name))
    const efforts = await tx.select({ id: campaigns.id, name: campaigns.name, channelId: campaigns.channelId, isArchived: sql<boolean>`${campaigns.archivedAt} is not null` }).from(campaigns).orderBy(asc(campaigns.name))
    const inlets = await tx.select({ id: sources.id, name: sources.name, isArchived: sql<boolean>`false` }).from(sources).orderBy(asc(sources.name))
    const lines = await tx.select({ id: productLines.id, name: productLines.name, isArchived: sql<boolean>`${productLines.archivedAt} is not null` }).from(productLines).orderBy(asc(productLines.name))
    const words = async (statement: ReturnType<typeof sql>) => (await tx.execute<{ word: string }>(statement)).map(({ word }) => word)
    return {
      fields: fields.map(({ id, key, kind, labelEn, labelZh, choices, archivedAt }) => ({ id, key, kind, labelEn, labelZh, choices: choices as { key: string; en: string; zh: string }[], isArchived: archivedAt !== null })),
      channels: ways, campaigns: efforts, sources: inlets, productLines: lines,
      questions: await words(sql`select a ->> 'question' as word from (select id, org_id from inquiries order by at desc limit ${NEWEST}) i
        join inquiry_details d on d.org_id = i.org_id and d.inquiry_id = i.id
        cross join lateral jsonb_array_elements(case jsonb_typeof(d.answers) when 'array' then d.answers else '[]' end) a
        where a ->> 'question' <> '' group by 1 order by count(*) desc, 1 limit ${MOST}`),
      industries: await words(sql`select industry as word from companies where industry <> '' group by 1 order by count(*) desc, 1 limit ${MOST}`),
      countries: await words(sql`select country as word from companies where country ~ '^[A-Z]{2}$' group by 1 order by count(*) desc, 1 limit ${MOST}`),
    }
  },
})
