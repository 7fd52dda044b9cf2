import { and, eq, inArray, sql } from 'drizzle-orm'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { bulkChanges, handovers, importRuns, members, robots, sourceAlarms, sources, dailyReports, visibilityRules } from '~db/schema'
import type { Context, EventName, Events } from '../kernel'
import type { OwnershipWay } from '../leads/vocabulary'
import { defaultVisibility, type Role } from '../orgs/vocabulary'
import { hears, type NoticeKind, type RobotTopic } from './vocabulary'
import type { Fact } from './tell'

type InTx = Context & { tx: Tx }
/** Something groups are to be told of, once for its key: those of everybody, and those of the team of `ownerId`. */
export type Post = { topic: RobotTopic; key: string; subject: string | null; ownerId: Id<'mem'> | null; teamId?: Id<'team'> | null; params: Record<string, string | number | null> }
export type Heard<N extends EventName = EventName> = { [K in N]: { id: Id<'evt'>; name: K; payload: Events[K] } }[N]
type Found = { facts: Fact[]; posts: Post[] }
type Teller<N extends EventName> = (ctx: InTx, events: readonly { id: Id<'evt'>; payload: Events[N] }[]) => Promise<Found>

/** Which events somebody is told of, and what. Another event is one line here and 'tell-members' in jobs/subscriptions.ts. */
const tellers: { [N in EventName]?: Teller<N> } = {
  'lead.owner-changed': ownerChanged,
  'lead.recycle-near': async (_, events) => found(events.flatMap(({ payload: { leadId, ownerId, at } }) => (ownerId === null ? [] : [fact(ownerId, 'recycle_near', `${leadId} ${at}`, leadId, { at })]))),
  'sla.warned': async (_, events) => {
    // At half of the time the queue shows it; at 80 % somebody is told.
    const near = events.filter(({ payload }) => payload.percent === 80)
    return {
      facts: near.flatMap(({ payload: { leadId, ownerId, clockId } }) => (ownerId === null ? [] : [fact(ownerId, 'sla_at_risk', clockId, leadId)])),
      posts: near.map(({ payload: { leadId, ownerId, clockId } }) => ({ topic: 'sla_at_risk', key: clockId, subject: leadId, ownerId, params: {} })),
    }
  },
  'sla.breached': async (_, events) => ({
    facts: events.flatMap(({ payload: { leadId, ownerId, clockId, tell } }) => tell.map((memberId) => fact(memberId, 'sla_breached', clockId, leadId, { ownerId }))),
    posts: events.map(({ payload: { leadId, ownerId, clockId } }) => ({ topic: 'sla_breached', key: clockId, subject: leadId, ownerId, params: {} })),
  }),
  'mail.failed': mailStayed,
  'mail.suppressed': mailStayed,
  'import.finished': importFinished,
  'bulk.finished': async (ctx, events) => {
    const rows = await ctx.tx.select({ id: bulkChanges.id, state: bulkChanges.state }).from(bulkChanges).where(and(eq(bulkChanges.orgId, ctx.orgId), inArray(bulkChanges.id, events.map(({ payload }) => payload.bulkId))))
    return found(events.flatMap(({ id, payload: { bulkId, memberId } }) => (rows.some((row) => row.id === bulkId) ? [fact(memberId, 'bulk_finished', id, bulkId)] : [])))
  },
  'source.alarmed': (ctx, events) => sourceTold(ctx, events, 'source_alarmed'),
  'source.recovered': (ctx, events) => sourceTold(ctx, events, 'source_recovered'),
  'member.handover-finished': async (ctx, events) => {
    const rows = await ctx.tx.select({ id: handovers.id, askedBy: handovers.askedBy }).from(handovers).where(and(eq(handovers.orgId, ctx.orgId), inArray(handovers.id, events.map(({ payload }) => payload.handoverId))))
    return {
      facts: rows.flatMap(({ id, askedBy }) => (askedBy === null ? [] : [fact(askedBy, 'handover_done', id, id)])),
      posts: rows.map(({ id }) => ({ topic: 'handover_done', key: id, subject: id, ownerId: null, params: {} })),
    }
  },
  'score.line-paused': async ({ tx, orgId }, events) => {
    const people = await peopleHearing(tx, orgId, 'score_line_paused')
    return found(events.flatMap(({ id, payload: { fieldId, line } }) => people.map((person) => fact(person.id, 'score_line_paused', id, fieldId, { line }))))
  },
  'report.made': reportMade,
  'robot.disabled': async (ctx, events) => {
    const rows = await ctx.tx.select({ id: robots.id, madeBy: robots.madeBy, failingSince: robots.failingSince }).from(robots).where(and(eq(robots.orgId, ctx.orgId), inArray(robots.id, events.map(({ payload }) => payload.robotId))))
    return found(rows.flatMap(({ id, madeBy }) => (madeBy === null ? [] : events.filter(({ payload }) => payload.robotId === id).map((event) => fact(madeBy, 'robot_disabled', event.id, id)))))
  },
}

/** What members and groups are to be told of these events. What each wants is asked later. */
export async function factsOf(ctx: InTx, events: readonly Heard[]): Promise<Found> {
  const all: Found = { facts: [], posts: [] }
  for (const name of new Set(events.map((event) => event.name))) {
    const teller = tellers[name] as Teller<typeof name> | undefined
    const told = await teller?.(ctx, events.filter((event) => event.name === name) as never)
    all.facts.push(...(told?.facts ?? []))
    all.posts.push(...(told?.posts ?? []))
  }
  return all
}

const found = (facts: Fact[]): Found => ({ facts, posts: [] })
const fact = (memberId: Id<'mem'>, kind: NoticeKind, key: string, subject: string | null, params: Fact['params'] = {}): Fact => ({ memberId, kind, key, subject, params })

// Whoever wrote a mail is told that it did not leave; which of the two reasons it was stands beside it on the lead.
async function mailStayed(_: InTx, events: readonly { payload: Events['mail.failed'] | Events['mail.suppressed'] }[]): Promise<Found> {
  return Promise.resolve(found(events.flatMap(({ payload: { leadId, memberId, mailId } }) => (memberId === null ? [] : [fact(memberId, 'mail_failed', mailId, leadId)]))))
}

type Change = { lead_id: string; from_id: string | null; to_id: string | null; way: OwnershipWay; reason: string | null; actor_id: string | null }
// An import tells its end, a merge its split; claims and returns are one's own doing.
const untold: ReadonlySet<OwnershipWay> = new Set<OwnershipWay>(['import', 'claim', 'return'])

async function ownerChanged({ tx, orgId }: InTx, events: readonly { id: Id<'evt'>; payload: Events['lead.owner-changed'] }[]): Promise<Found> {
  const asked = events.map(({ id, payload: { leadId, from, to } }) => ({ n: id, lead: toUuid(leadId), f: from === null ? null : toUuid(from), t: to === null ? null : toUuid(to) }))
  const rows = await tx.execute<Change & { n: Id<'evt'> }>(sql`
    select x.n, o.lead_id, o.from_id, o.to_id, o.way, o.reason, o.actor_id from json_to_recordset(${JSON.stringify(asked)}::json) as x(n text, lead uuid, f uuid, t uuid)
    cross join lateral (select * from ownership_changes o where o.org_id = ${toUuid(orgId)}::uuid and o.lead_id = x.lead and o.from_id is not distinct from x.f and o.to_id is not distinct from x.t order by o.id desc limit 1) o`)
  const facts: Fact[] = []
  const posts: Post[] = []
  for (const { n, lead_id: lead, from_id: from, to_id: to, way, reason, actor_id: by } of rows) {
    if (untold.has(way) || reason === 'merged' || reason === 'split') continue
    const leadId = fromUuid('lead', lead)
    const [owner, before] = [to === null ? null : fromUuid('mem', to), from === null ? null : fromUuid('mem', from)]
    if (owner !== null && owner !== by) facts.push(fact(owner, 'lead_assigned', n, leadId, { way }))
    if (owner !== null) posts.push({ topic: 'lead_assigned', key: n, subject: leadId, ownerId: owner, params: {} })
    if (before !== null && before !== by && way !== 'handover') facts.push(fact(before, 'lead_lost', n, leadId, { way }))
    if (before !== null && owner === null) posts.push({ topic: 'lead_lost', key: n, subject: leadId, ownerId: before, params: {} })
  }
  return { facts, posts }
}

async function importFinished({ tx, orgId }: InTx, events: readonly { id: Id<'evt'>; payload: Events['import.finished'] }[]): Promise<Found> {
  const rows = await tx.select({ id: importRuns.id, actorId: importRuns.actorId }).from(importRuns).where(and(eq(importRuns.orgId, orgId), inArray(importRuns.id, events.map(({ payload }) => payload.importId))))
  return {
    facts: events.flatMap(({ id, payload: { importId } }) => {
      const by = rows.find((row) => row.id === importId)?.actorId
      return isId('mem', by) ? [fact(by, 'import_finished', id, importId)] : []
    }),
    posts: events.map(({ id, payload: { importId } }) => ({ topic: 'import_finished', key: id, subject: importId, ownerId: null, params: {} })),
  }
}

type AlarmEvent = Events['source.alarmed']

async function sourceTold({ tx, orgId }: InTx, events: readonly { id: Id<'evt'>; payload: AlarmEvent }[], kind: 'source_alarmed' | 'source_recovered'): Promise<Found> {
  const alarms = await tx.select({ id: sourceAlarms.id, kind: sourceAlarms.kind, sourceId: sources.id }).from(sourceAlarms)
    .innerJoin(sources, and(eq(sources.orgId, sourceAlarms.orgId), eq(sources.id, sourceAlarms.sourceId))).where(and(eq(sourceAlarms.orgId, orgId), inArray(sourceAlarms.id, events.map(({ payload }) => payload.alarmId))))
  const people = await peopleHearing(tx, orgId, kind)
  return {
    facts: alarms.flatMap((alarm) => people.map(({ id }) => fact(id, kind, alarm.id, alarm.sourceId, { alarm: alarm.kind }))),
    posts: alarms.map((alarm) => ({ topic: kind, key: alarm.id, subject: alarm.sourceId, ownerId: null, params: { alarm: alarm.kind } })),
  }
}

const peopleHearing = async (tx: Tx, orgId: Id<'org'>, kind: NoticeKind) =>
  (await tx.select({ id: members.id, role: members.role, teamId: members.teamId }).from(members).where(and(eq(members.orgId, orgId), eq(members.status, 'active')))).filter(({ role }) => hears(role, kind))

/** A team's report goes to those of the team who may see its reports, the organisation's to those who see all. */
async function reportMade({ tx, orgId }: InTx, events: readonly { id: Id<'evt'>; payload: Events['report.made'] }[]): Promise<Found> {
  const rows = await tx.select({ id: dailyReports.id, teamId: dailyReports.teamId, day: dailyReports.day }).from(dailyReports).where(and(eq(dailyReports.orgId, orgId), inArray(dailyReports.id, events.map(({ payload }) => payload.reportId))))
  const people = await peopleHearing(tx, orgId, 'daily_report')
  const rules = await tx.select({ role: visibilityRules.role, scope: visibilityRules.scope }).from(visibilityRules).where(and(eq(visibilityRules.orgId, orgId), eq(visibilityRules.resource, 'reports')))
  const scopeOf = (role: Role) => rules.find((rule) => rule.role === role)?.scope ?? defaultVisibility[role].reports
  const gets = (person: { role: Role; teamId: Id<'team'> | null }, teamId: Id<'team'> | null) => (teamId === null ? scopeOf(person.role) === 'all' : person.teamId === teamId && scopeOf(person.role) !== 'own')
  return {
    facts: rows.flatMap(({ id, teamId, day }) => people.filter((person) => gets(person, teamId)).map((person) => fact(person.id, 'daily_report', id, id, { day, teamId }))),
    posts: rows.map(({ id, teamId, day }) => ({ topic: 'daily_report', key: id, subject: id, ownerId: null, teamId, params: { day, teamId } })),
  }
}
