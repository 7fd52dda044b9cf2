import { inArray, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members } from '~db/schema'
import { query, type Context } from '../kernel'
import { leadListRows, type LeadListRow } from '../leads'
import { MergeCompanies, MergePeople, type LeadChoice } from './contract'
import { hiddenAmong } from './interests'
import { openBoth } from './merge-records'
import { planClosings } from './plan-closings'
import type { FieldLine } from './record-fields'
import { companyKind, personKind, type Groups, type RecordKind } from './record-kind'
import type { MergeConflict, MergeKind } from './vocabulary'

/** A lead that closes under another. `ownerAfter` is who has it then; `conflicts` are what has to be said first. */
export type ClosingPreview = { closes: LeadListRow; stays: LeadListRow; ownerAfter: { id: Id<'mem'>; name: string } | null; conflicts: MergeConflict[] }
/** Touches and inquiries of one channel, of each now and of both together then: the sum, because nothing is re-sourced. */
export type ChannelCounts = { channel: string | null; kind: string | null; touches: { kept: number; gone: number }; inquiries: { kept: number; gone: number } }
export type MergePreview = {
  kind: MergeKind
  fields: FieldLine[]
  closings: ClosingPreview[]
  /** leads that would close or stay and that the actor does not see: somebody else has to merge */
  hiddenLeads: number
  channels: ChannelCounts[]
  /** where the first touch of both together came from */
  firstTouch: { at: Date; channel: string | null } | null
}

/** What merging two people would do, without doing it. Refuses: not-found, already-merged. */
export const previewPeopleMerge = query({
  name: 'merge.preview-people',
  permission: 'leads:write',
  input: MergePeople,
  run: async ({ tx, ctx, input }): Promise<MergePreview> => preview(tx, ctx, personKind, await openBoth(tx, ctx, personKind, input), input.leads),
})

/** What merging two companies would do, without doing it. Refuses: not-found, already-merged. */
export const previewCompanyMerge = query({
  name: 'merge.preview-companies',
  permission: 'leads:write',
  input: MergeCompanies,
  run: async ({ tx, ctx, input }): Promise<MergePreview> => preview(tx, ctx, companyKind, await openBoth(tx, ctx, companyKind, input), input.leads),
})

async function preview<P extends 'per' | 'co'>(tx: Tx, ctx: Context, kind: RecordKind<P>, groups: Groups<P>, choices: LeadChoice[]): Promise<MergePreview> {
  const planned = planClosings(await kind.interests(tx, groups, false), choices)
  const ids = [...new Set(planned.flatMap(({ closes, stays }) => [closes.id, stays.id]))]
  const hidden = await hiddenAmong(tx, ctx, ids)
  const rows = new Map((await leadListRows(tx, ctx, ids)).map((row) => [row.id, row]))
  const owners = planned.flatMap(({ ownerAfter }) => ownerAfter ?? [])
  const named = owners.length === 0 ? [] : await tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, owners))
  const closings = planned.flatMap(({ closes, stays, ownerAfter, conflicts }) => {
    const [closing, staying] = [rows.get(closes.id), rows.get(stays.id)]
    if (closing === undefined || staying === undefined) return []
    return [{ closes: closing, stays: staying, ownerAfter: named.find(({ id }) => id === ownerAfter) ?? null, conflicts }]
  })
  return { kind: kind.kind, fields: await kind.lines(tx, groups), closings, hiddenLeads: hidden.length, ...(await attribution(tx, kind.kind, groups)) }
}

type Counted = { name: string | null; kind: string | null; tk: number; tg: number; ik: number; ig: number }

async function attribution(tx: Tx, kind: MergeKind, { kept, gone }: { kept: { ids: readonly string[] }; gone: { ids: readonly string[] } }): Promise<Pick<MergePreview, 'channels' | 'firstTouch'>> {
  const column = kind === 'person' ? sql`person_id` : sql`company_id`
  const [mine, theirs] = [uuids(kept.ids), uuids(gone.ids)]
  const rows = await tx.execute<Counted>(sql`
    with counted as (
      select x.channel_id, count(*) filter (where x.${column} = any (${mine}::uuid[])) as tk, count(*) filter (where x.${column} = any (${theirs}::uuid[])) as tg, 0 as ik, 0 as ig
      from touches x where x.${column} = any (${mine}::uuid[]) or x.${column} = any (${theirs}::uuid[]) group by 1
      union all
      select x.channel_id, 0, 0, count(*) filter (where x.${column} = any (${mine}::uuid[])), count(*) filter (where x.${column} = any (${theirs}::uuid[]))
      from inquiries x where x.${column} = any (${mine}::uuid[]) or x.${column} = any (${theirs}::uuid[]) group by 1
    )
    select ch.name, ch.kind, sum(tk)::int as tk, sum(tg)::int as tg, sum(ik)::int as ik, sum(ig)::int as ig
    from counted left join channels ch on ch.id = counted.channel_id group by ch.id, ch.name, ch.kind order by sum(tk + tg) desc, ch.name`)
  const [first] = await tx.execute<{ at: string; name: string | null }>(sql`
    select x.at, ch.name from touches x left join channels ch on ch.id = x.channel_id
    where x.${column} = any (${mine}::uuid[]) or x.${column} = any (${theirs}::uuid[]) order by x.at, x.id limit 1`)
  return {
    channels: rows.map(({ name, kind: of, tk, tg, ik, ig }) => ({ channel: name, kind: of, touches: { kept: tk, gone: tg }, inquiries: { kept: ik, gone: ig } })),
    firstTouch: first === undefined ? null : { at: new Date(first.at), channel: first.name },
  }
}

const uuids = (ids: readonly string[]) => `{${ids.map(toUuid).join(',')}}`
