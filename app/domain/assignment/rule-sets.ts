import { desc, eq, inArray, max } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { assignmentMembers, assignmentRuleSets, members, pools, teams } from '~db/schema'
import type { Tx } from '~db/client.server'
import { command, DomainError, memberOf, query } from '../kernel'
import { nothing } from '../kernel/contract'
import { MemberTerms, PublishDraft, SaveDraft, type RuleSet } from './contract'
import { ruleSetIn, withRules, type RuleSetRow } from './rule-set-rows'

/** Keeps the draft of the rules, whole; the published ones stay in force. Refuses: not-found (a member, team or pool the rules name). */
export const saveDraft = command({
  name: 'assignment.save-draft',
  permission: 'assignment:write',
  input: SaveDraft,
  async run({ tx, ctx, input: { rules }, audit }): Promise<{ draftId: Id<'ars'> }> {
    await assertKnown(tx, rules)
    const draft = await ruleSetIn(tx, 'draft')
    const draftId = draft?.id ?? newId('ars')
    const set = { rules, changedAt: ctx.now, changedBy: memberOf(ctx.actor) }
    if (draft === null) await tx.insert(assignmentRuleSets).values({ orgId: ctx.orgId, id: draftId, state: 'draft', ...set })
    else await tx.update(assignmentRuleSets).set(set).where(eq(assignmentRuleSets.id, draftId))
    await audit(draftId, { after: { kind: 'draft', rules: rules.rules.length, named: rules.named.length } })
    return { draftId }
  },
})

/** Puts the draft in force; the set before it is retired and kept. Refuses: not-found (no such draft, or it names somebody who is gone). */
export const publishDraft = command({
  name: 'assignment.publish',
  permission: 'assignment:write',
  input: PublishDraft,
  async run({ tx, ctx, input: { draftId }, audit }): Promise<{ version: number }> {
    const [draft] = await tx.select().from(assignmentRuleSets).where(eq(assignmentRuleSets.id, draftId)).for('update')
    if (draft === undefined || draft.state !== 'draft') throw new DomainError('not-found')
    await assertKnown(tx, withRules(draft).rules)
    const [last] = await tx.select({ version: max(assignmentRuleSets.version) }).from(assignmentRuleSets)
    const version = (last?.version ?? 0) + 1
    await tx.update(assignmentRuleSets).set({ state: 'retired' }).where(eq(assignmentRuleSets.state, 'published'))
    await tx.update(assignmentRuleSets).set({ state: 'published', version, publishedAt: ctx.now, publishedBy: memberOf(ctx.actor) }).where(eq(assignmentRuleSets.id, draftId))
    await audit(draftId, { before: { version: version - 1 }, after: { version } })
    return { version }
  },
})

/** Throws the draft away; what is in force stays. Twice changes nothing. */
export const discardDraft = command({
  name: 'assignment.discard-draft',
  permission: 'assignment:write',
  input: nothing,
  async run({ tx, audit }): Promise<{ draftId: Id<'ars'> | null }> {
    const [gone] = await tx.delete(assignmentRuleSets).where(eq(assignmentRuleSets.state, 'draft')).returning({ id: assignmentRuleSets.id })
    if (gone !== undefined) await audit(gone.id, { before: { kind: 'draft' } })
    return { draftId: gone?.id ?? null }
  },
})

// Ids come from whoever fills in a form: each is looked up here, where no other organisation's row is seen.
async function assertKnown(tx: Tx, { rules, named }: RuleSet): Promise<void> {
  const memberIds = [...named.map(({ memberId }) => memberId), ...rules.flatMap(({ to }) => (to.kind === 'member' ? [to.memberId] : to.kind === 'members' ? to.members.map(({ memberId }) => memberId) : to.kind === 'team' ? (Object.keys(to.weights) as Id<'mem'>[]) : []))]
  const teamIds = rules.flatMap(({ to }) => (to.kind === 'team' ? [to.teamId] : []))
  const poolIds = rules.flatMap(({ to }) => (to.kind === 'pool' ? [to.poolId] : []))
  const missing = await Promise.all([
    unknownOf(memberIds, (ids) => tx.select({ id: members.id }).from(members).where(inArray(members.id, ids))),
    unknownOf(teamIds, (ids) => tx.select({ id: teams.id }).from(teams).where(inArray(teams.id, ids))),
    unknownOf(poolIds, (ids) => tx.select({ id: pools.id }).from(pools).where(inArray(pools.id, ids))),
  ])
  if (missing.some(Boolean)) throw new DomainError('not-found', { fields: { rules: ['unknown'] } })
}

async function unknownOf<I extends string>(ids: readonly I[], find: (ids: I[]) => Promise<{ id: I }[]>): Promise<boolean> {
  const wanted = [...new Set(ids)]
  return wanted.length > 0 && (await find(wanted)).length < wanted.length
}

export type RuleSets = { draft: RuleSetRow | null; published: RuleSetRow | null; history: { id: Id<'ars'>; version: number | null; publishedAt: Date | null; publishedBy: Id<'mem'> | null }[] }

/** The draft, the rules in force, and every version there was, newest first (at most 50). */
export const ruleSets = query({
  name: 'assignment.rule-sets',
  permission: 'assignment:read',
  input: nothing,
  async run({ tx }): Promise<RuleSets> {
    const history = await tx.select({ id: assignmentRuleSets.id, version: assignmentRuleSets.version, publishedAt: assignmentRuleSets.publishedAt, publishedBy: assignmentRuleSets.publishedBy }).from(assignmentRuleSets)
      .where(inArray(assignmentRuleSets.state, ['published', 'retired'])).orderBy(desc(assignmentRuleSets.version)).limit(50)
    return { draft: await ruleSetIn(tx, 'draft'), published: await ruleSetIn(tx, 'published'), history }
  },
})

/** What assignment may give a member: open leads at most (null: no cap), languages (ISO 639-1), skills. Refuses: not-found. */
export const setMemberTerms = command({
  name: 'assignment.set-member-terms',
  permission: 'assignment:write',
  input: MemberTerms,
  async run({ tx, ctx, input: { memberId, ...terms }, audit }): Promise<{ memberId: Id<'mem'> }> {
    const [member] = await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId))
    if (member === undefined) throw new DomainError('not-found')
    const set = { ...terms, updatedAt: ctx.now }
    await tx.insert(assignmentMembers).values({ orgId: ctx.orgId, memberId, ...set }).onConflictDoUpdate({ target: [assignmentMembers.orgId, assignmentMembers.memberId], set })
    await audit(memberId, { after: terms })
    return { memberId }
  },
})

export type StaffTerms = { memberId: Id<'mem'>; name: string; role: string; teamId: Id<'team'> | null; openCap: number | null; languages: string[]; skills: string[]; takesLeads: boolean }

/** Everybody who may own leads and what assignment may give them. */
export const staffTerms = query({
  name: 'assignment.staff-terms',
  permission: 'assignment:read',
  input: nothing,
  async run({ tx }): Promise<StaffTerms[]> {
    const rows = await tx.select({ member: members, terms: assignmentMembers }).from(members).leftJoin(assignmentMembers, eq(assignmentMembers.memberId, members.id)).where(eq(members.status, 'active')).orderBy(members.name)
    return rows.filter(({ member }) => member.role !== 'partner').map(({ member, terms }) => ({
      memberId: member.id, name: member.name, role: member.role, teamId: member.teamId, openCap: terms?.openCap ?? null, languages: terms?.languages ?? [], skills: terms?.skills ?? [], takesLeads: terms?.takesLeads ?? true,
    }))
  },
})
