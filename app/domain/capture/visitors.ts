import { sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { database, executePrepared, type Tx } from '~db/client.server'
import { visitorEventNames, visitorEvents, visitors } from '~db/schema'
import type { NewTouch } from '../leads'
import type { TouchKind } from '../leads/vocabulary'
import { inTransaction, systemContext, type Context } from '../kernel'
import { digestOf, type Name } from './touch-names'

type InTx = Context & { tx: Tx }
/** What somebody did, apart from who. `kind` is null where a visitor only said who they are. */
export type Happening = Omit<NewTouch, 'id' | 'personId' | 'companyId' | 'leadId' | 'kind'> & { kind: TouchKind | null; isFirstResponse: boolean }

const KEPT_DAYS = 90
const MOST_ROUNDS = 6

/** Notes whose browser or account it is. The newest introduction counts. */
export async function bindVisitors({ tx, orgId, now }: InTx, bound: ReadonlyMap<string, Id<'per'>>): Promise<void> {
  if (bound.size === 0) return
  const rows = [...bound].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, personId]) => ({ orgId, name, personId, boundAt: now }))
  await tx.insert(visitors).values(rows).onConflictDoUpdate({ target: [visitors.orgId, visitors.name], set: { personId: sql`excluded.person_id`, boundAt: sql`excluded.bound_at` } })
}

/** Keeps what happened until its person is known, at most 90 days. */
export async function keepWaiting({ tx, orgId, now }: InTx, waiting: readonly { happening: Happening; names: readonly Name[] }[]): Promise<void> {
  if (waiting.length === 0) return
  const rows = waiting.map((each) => ({ ...each, id: newId('vev') }))
  await tx.insert(visitorEvents).values(rows.map(({ happening, id }) => ({ ...happening, orgId, id, keptAt: now })))
  await tx.insert(visitorEventNames).values(rows.flatMap(({ id, names }) => names.map((name) => ({ orgId, name: digestOf(orgId, name), eventId: id, isVisitor: name.kind === 'visitor' }))))
}

type Row = {
  id: string; source_id: string; channel_id: string | null; campaign_id: string | null; kind: TouchKind | null; verdict: NewTouch['verdict']; answers: NewTouch['answers']
  utm: Record<string, string>; click_ids: Record<string, string>; session: string | null; is_first_response: boolean; at: string; person_id: string; visitors: string[]
}

/**
 * Takes everything that waited under these digests, whose they now are, and follows the visitor ids it finds: pages
 * lead to the browser, the browser to the account. Answers what happened with whom; the visitors are bound.
 */
export async function takeWaiting(ctx: InTx, known: ReadonlyMap<string, Id<'per'>>): Promise<{ happening: Happening; personId: Id<'per'> }[]> {
  const taken: { happening: Happening; personId: Id<'per'> }[] = []
  const seen = new Set(known.keys())
  let names = known
  for (let round = 0; round < MOST_ROUNDS && names.size > 0; round += 1) {
    const rows = await takeNamed(ctx, names)
    taken.push(...rows.map((row) => ({ happening: happeningOf(row), personId: fromUuid('per', row.person_id) })))
    const learned = new Map(rows.flatMap((row) => row.visitors.filter((name) => !seen.has(name)).map((name): [string, Id<'per'>] => [name, fromUuid('per', row.person_id)])))
    for (const name of learned.keys()) seen.add(name)
    await bindVisitors(ctx, learned)
    names = learned
  }
  return taken
}

async function takeNamed({ tx, orgId }: InTx, names: ReadonlyMap<string, Id<'per'>>): Promise<Row[]> {
  const org = toUuid(orgId)
  const asked = JSON.stringify([...names].map(([name, personId]) => ({ name, person_id: toUuid(personId) })))
  // Prepared: every lead asks this, and nearly always there is nothing.
  return executePrepared<Row>(tx, sql`
    with named as (
      select distinct on (n.event_id) n.event_id, r.person_id
      from json_to_recordset(${asked}::json) as r(name text, person_id uuid) join visitor_event_names n on n.org_id = ${org} and n.name = r.name order by n.event_id, n.name
    ), also as (
      select n.event_id, coalesce(json_agg(n.name) filter (where n.is_visitor), '[]') as visitors from visitor_event_names n join named using (event_id) where n.org_id = ${org} group by n.event_id
    ), gone as (
      delete from visitor_events e using named where e.org_id = ${org} and e.id = named.event_id returning e.*
    )
    select g.id, g.source_id, g.channel_id, g.campaign_id, g.kind, g.verdict, g.answers, g.utm, g.click_ids, g.session, g.is_first_response, g.at, named.person_id, also.visitors
    from gone g join named on named.event_id = g.id join also on also.event_id = g.id order by g.at, g.id`)
}

const happeningOf = (row: Row): Happening => ({
  kind: row.kind, verdict: row.verdict, sourceId: fromUuid('src', row.source_id), channelId: row.channel_id === null ? null : fromUuid('ch', row.channel_id),
  campaignId: row.campaign_id === null ? null : fromUuid('cmp', row.campaign_id), at: new Date(row.at), answers: row.answers, utm: row.utm, clickIds: row.click_ids,
  session: row.session, isFirstResponse: row.is_first_response,
})

/** Forgets what nobody was found for within 90 days, organisation by organisation. Answers how many. */
export async function forgetVisitorEvents(now: Date): Promise<number> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  let gone = 0
  for (const { org_id: org } of orgs) {
    gone += await inTransaction(systemContext(fromUuid('org', org), 'forget-visitor-events', now), 'read write', async (tx) => {
      const rows = await tx.execute(sql`
        delete from visitor_events where org_id = ${org} and kept_at < ${now.toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS}) returning 1`)
      return rows.length
    })
  }
  return gone
}
