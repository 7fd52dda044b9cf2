import { and, eq, inArray, sql } from 'drizzle-orm'
import { maskText } from '~/lib/mask-contact'
import { isId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { bulkChanges, companies, dailyReports, fieldDefinitions, handovers, importRuns, leads, members, people, robots, sources, tasks, teams } from '~db/schema'
import { memberOf, type Context } from '../kernel'
import { visibleLeads } from '../leads'

type InTx = Context & { tx: Tx }
/** What a thing is called, and what else is said of it; nothing of what the reader may not see, or what is gone. */
export type Named = { name: string | null; leadId?: Id<'lead'> | null; [fact: string]: string | number | null | undefined }

const idsOf = <P extends string>(prefix: P, subjects: readonly (string | null)[]): Id<P>[] => [...new Set(subjects.filter((subject): subject is Id<P> => isId(prefix, subject)))]

/** "Chen Yuting, Hengtai": who a lead is, of the leads this reader may see. */
export async function leadNames(ctx: InTx, leadIds: readonly Id<'lead'>[]): Promise<Map<string, Named>> {
  if (leadIds.length === 0) return new Map()
  const rows = await ctx.tx.select({ id: leads.id, person: people.name, company: companies.name }).from(leads)
    .leftJoin(people, and(eq(people.orgId, leads.orgId), eq(people.id, leads.personId))).leftJoin(companies, and(eq(companies.orgId, leads.orgId), eq(companies.id, leads.companyId)))
    .where(and(eq(leads.orgId, ctx.orgId), inArray(leads.id, [...leadIds]), visibleLeads(ctx)))
  // Somebody known by a number only is called by it: covered here as everywhere.
  return new Map(rows.map(({ id, person, company }) => [id, { name: [person, company].filter((name) => name !== null && name !== '').map((name) => maskText(name ?? '')).join(', ') || null, leadId: id }]))
}

/** Names of everything notices are about, one statement for each kind of thing that occurs. */
export async function namesOf(ctx: InTx, subjects: readonly (string | null)[]): Promise<Map<string, Named>> {
  const { tx, orgId } = ctx
  const names = new Map<string, Named>()
  const taskIds = idsOf('tsk', subjects)
  const due = taskIds.length === 0 ? [] : await tx.select({ id: tasks.id, title: tasks.title, leadId: tasks.leadId, assigneeId: tasks.assigneeId }).from(tasks).where(and(eq(tasks.orgId, orgId), inArray(tasks.id, taskIds)))
  const seen = await leadNames(ctx, [...idsOf('lead', subjects), ...due.flatMap(({ leadId }) => (leadId === null ? [] : [leadId]))])
  for (const [id, name] of seen) names.set(id, name)
  for (const { id, title, leadId, assigneeId } of due) names.set(id, { name: leadId === null ? null : (seen.get(leadId)?.name ?? null), title: assigneeId === memberOf(ctx.actor) || (leadId !== null && seen.has(leadId)) ? maskText(title) : '', leadId: leadId !== null && seen.has(leadId) ? leadId : null })
  const add = async <P extends string>(prefix: P, ask: (ids: Id<P>[]) => Promise<{ id: string; name: string | null }[]>) => {
    const ids = idsOf(prefix, subjects)
    if (ids.length > 0) for (const { id, ...more } of await ask(ids)) names.set(id, more)
  }
  await add('src', (ids) => tx.select({ id: sources.id, name: sources.name }).from(sources).where(and(eq(sources.orgId, orgId), inArray(sources.id, ids))))
  await add('imp', (ids) => tx.select({ id: importRuns.id, name: importRuns.fileName }).from(importRuns).where(and(eq(importRuns.orgId, orgId), inArray(importRuns.id, ids))))
  await add('rbt', (ids) => tx.select({ id: robots.id, name: robots.name }).from(robots).where(and(eq(robots.orgId, orgId), inArray(robots.id, ids))))
  await add('mem', (ids) => tx.select({ id: members.id, name: members.name }).from(members).where(and(eq(members.orgId, orgId), inArray(members.id, ids))))
  await add('blk', (ids) => tx.select({ id: bulkChanges.id, name: bulkChanges.action, total: bulkChanges.total, changed: bulkChanges.changed, skipped: bulkChanges.skipped }).from(bulkChanges).where(and(eq(bulkChanges.orgId, orgId), inArray(bulkChanges.id, ids))))
  await add('hov', (ids) => tx.select({ id: handovers.id, name: members.name, moved: handovers.moved }).from(handovers)
    .innerJoin(members, and(eq(members.orgId, handovers.orgId), eq(members.id, handovers.memberId))).where(and(eq(handovers.orgId, orgId), inArray(handovers.id, ids))))
  await add('cf', (ids) => tx.select({ id: fieldDefinitions.id, name: sql<string>`case when ${fieldDefinitions.labelEn} = ${fieldDefinitions.labelZh} then ${fieldDefinitions.labelEn} else ${fieldDefinitions.labelZh} || ' / ' || ${fieldDefinitions.labelEn} end` }).from(fieldDefinitions)
    .where(and(eq(fieldDefinitions.orgId, orgId), inArray(fieldDefinitions.id, ids))))
  await add('drp', (ids) => tx.select({ id: dailyReports.id, name: teams.name, day: dailyReports.day, teamId: sql<string | null>`${dailyReports.teamId}`.mapWith(dailyReports.teamId) }).from(dailyReports)
    .leftJoin(teams, and(eq(teams.orgId, dailyReports.orgId), eq(teams.id, dailyReports.teamId))).where(and(eq(dailyReports.orgId, orgId), inArray(dailyReports.id, ids))))
  return names
}
