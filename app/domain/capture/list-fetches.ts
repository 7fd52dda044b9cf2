import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query } from '../kernel'
import { ListFetches } from './contract'
import { fetchStates, type ConnectorName, type FetchState } from './vocabulary'

/** A lead the platform was asked for. `problem` is a code of ours, `detail` the platform's own number; no personal data. */
export type FetchRow = {
  id: Id<'fet'>; source: { id: Id<'src'>; name: string }; connector: ConnectorName; externalId: string; state: FetchState; problem: string | null; detail: string | null
  attempts: number; orderedAt: Date; nextAt: Date | null; settledAt: Date | null; answerId: Id<'dlv'> | null
}
/** A source's backlog: how many in each state, since when the oldest one waits, and what the latest refusal was. */
export type SourceBacklog = { source: { id: Id<'src'>; name: string }; connector: ConnectorName; counts: Record<FetchState, number>; oldest: Date | null; problem: string | null; detail: string | null }
export type FetchBacklog = { sources: SourceBacklog[]; fetches: FetchRow[]; next: Id<'fet'> | null }

type Row = {
  id: string; source_id: string; source: string; connector: ConnectorName; external_id: string; state: FetchState; problem: string | null; detail: string | null
  attempts: number; ordered_at: string; next_at: string | null; settled_at: string | null; answer_id: string | null
}
type SourceRow = { source_id: string; source: string; connector: ConnectorName; counts: Partial<Record<FetchState, number>>; oldest: string | null; problem: string | null; detail: string | null }

/**
 * Leads that pushes only named: the backlog of each source, and the fetches themselves, newest first, a page at a time.
 * Without a state those that are there already are left out of the page.
 */
export const listFetches = query({
  name: 'fetch.list',
  permission: 'deliveries:read',
  input: ListFetches,
  async run({ tx, ctx, input }): Promise<FetchBacklog> {
    const org = toUuid(ctx.orgId)
    const ofSource = input.sourceId === null ? sql`` : sql`and f.source_id = ${toUuid(input.sourceId)}`
    const ofState = input.state === null ? sql`and f.state <> 'done'` : sql`and f.state = ${input.state}`
    const beyond = input.after === null ? sql`` : sql`and f.id < ${toUuid(input.after)}`
    const rows = await tx.execute<Row>(sql`
      select f.id, f.source_id, s.name as source, s.connector, f.external_id, f.state, f.problem, f.detail, f.attempts, f.ordered_at, f.next_at, f.settled_at, f.answer_id
      from fetches f join sources s on s.org_id = f.org_id and s.id = f.source_id
      where f.org_id = ${org} ${ofSource} ${ofState} ${beyond} order by f.id desc limit ${input.limit + 1}`)
    const backlogs = await tx.execute<SourceRow>(sql`
      select c.source_id, s.name as source, s.connector, json_object_agg(c.state, c.n) as counts, min(c.oldest) filter (where c.state in ('waiting', 'not-permitted')) as oldest,
        l.problem, l.detail
      from (select f.source_id, f.state, count(*)::int as n, min(f.ordered_at) as oldest from fetches f where f.org_id = ${org} ${ofSource} group by 1, 2) c
      join sources s on s.org_id = ${org} and s.id = c.source_id
      left join lateral (
        select f.problem, f.detail from fetches f where f.org_id = ${org} and f.source_id = c.source_id and f.problem is not null and f.state in ('waiting', 'not-permitted', 'failed')
        order by f.id desc limit 1) l on true
      group by 1, 2, 3, l.problem, l.detail order by s.name`)
    const fetches = rows.slice(0, input.limit).map(rowOf)
    return { sources: backlogs.map(backlogOf), fetches, next: rows.length > input.limit ? (fetches.at(-1)?.id ?? null) : null }
  },
})

const moment = (text: string | null) => (text === null ? null : new Date(text))

function rowOf(row: Row): FetchRow {
  return {
    id: fromUuid('fet', row.id), source: { id: fromUuid('src', row.source_id), name: row.source }, connector: row.connector, externalId: row.external_id, state: row.state,
    problem: row.problem, detail: row.detail, attempts: row.attempts, orderedAt: new Date(row.ordered_at), nextAt: moment(row.next_at), settledAt: moment(row.settled_at),
    answerId: row.answer_id === null ? null : fromUuid('dlv', row.answer_id),
  }
}

function backlogOf({ source_id, source, connector, counts, oldest, problem, detail }: SourceRow): SourceBacklog {
  const all = Object.fromEntries(fetchStates.map((state) => [state, counts[state] ?? 0])) as Record<FetchState, number>
  return { source: { id: fromUuid('src', source_id), name: source }, connector, counts: all, oldest: moment(oldest), problem, detail }
}
