import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import type { Tx } from '~db/client.server'
import { robotPosts, robots, teams } from '~db/schema'
import { command, DomainError, memberOf, query, type Context } from '../../kernel'
import { nothing } from '../../kernel/contract'
import { AddRobot, ChangeRobot, OneRobot, SwitchRobot } from '../contract'
import { signs, type RobotKind, type RobotState, type RobotTopic } from '../vocabulary'
import { hintOf, isRobotAddress, seal } from './robot-address'

type Row = typeof robots.$inferSelect
/** A robot as its page shows it: of its address only a hint, of its secret only that there is one. */
export type Robot = {
  id: Id<'rbt'>; kind: RobotKind; name: string; hint: string; hasSecret: boolean; teamId: Id<'team'> | null; teamName: string | null; topics: RobotTopic[]; showsNames: boolean; locale: Locale
  state: RobotState; problem: string | null; problemAt: Date | null; failingSince: Date | null; lastSentAt: Date | null; waiting: number
}

/** The robots of the organisation by name, with how many messages wait. */
export const listRobots = query({
  name: 'robot.list',
  permission: 'settings:read',
  input: nothing,
  async run({ tx, ctx }): Promise<Robot[]> {
    const rows = await tx.select({ robot: robots, teamName: teams.name }).from(robots).leftJoin(teams, and(eq(teams.orgId, robots.orgId), eq(teams.id, robots.teamId)))
      .where(eq(robots.orgId, ctx.orgId)).orderBy(sql`${robots.name} collate "zh-x-icu"`, robots.id)
    const waiting = await tx.select({ id: robotPosts.robotId, n: count() }).from(robotPosts)
      .where(and(eq(robotPosts.orgId, ctx.orgId), isNull(robotPosts.sentAt), isNull(robotPosts.droppedAt))).groupBy(robotPosts.robotId)
    return rows.map(({ robot: { address: _a, secret, orgId: _o, recent: _r, madeBy: _b, madeAt: _m, ...robot }, teamName }) => ({
      ...robot, hasSecret: secret !== null, teamName, topics: robot.topics as RobotTopic[], locale: robot.locale as Locale, waiting: waiting.find(({ id }) => id === robot.id)?.n ?? 0,
    }))
  },
})

/** Adds a robot; its address and secret are sealed at once and never shown again. Refuses: invalid (an address of another host), not-found (team). */
export const addRobot = command({
  name: 'robot.add',
  permission: 'robots:write',
  input: AddRobot,
  async run({ tx, ctx, input: { address, secret, ...input }, audit }): Promise<{ robotId: Id<'rbt'> }> {
    assertAddress(input.kind, address)
    await assertTeam(tx, ctx, input.teamId)
    const whose = { orgId: ctx.orgId, id: newId('rbt') }
    await tx.insert(robots).values({
      ...whose, ...input, address: seal(whose, 'address', address), hint: hintOf(address), secret: signs[input.kind] && secret !== undefined && secret !== '' ? seal(whose, 'secret', secret) : null,
      state: 'on', recent: [], madeBy: memberOf(ctx.actor), madeAt: ctx.now,
    })
    await audit(whose.id, { after: { kind: input.kind, name: input.name, teamId: input.teamId, scope: input.topics.join(' ') } })
    return { robotId: whose.id }
  },
})

/** Changes what a robot is told and, where given, its address or secret. Refuses: not-found, invalid. */
export const changeRobot = command({
  name: 'robot.change',
  permission: 'robots:write',
  input: ChangeRobot,
  async run({ tx, ctx, input: { robotId, address, secret, ...input }, audit }): Promise<{ robotId: Id<'rbt'> }> {
    const before = await lockedRobot(tx, ctx, robotId)
    await assertTeam(tx, ctx, input.teamId)
    const isNew = address !== undefined && address !== ''
    if (isNew) assertAddress(before.kind, address)
    const whose = { orgId: ctx.orgId, id: robotId }
    const set = {
      ...input, ...(isNew ? { address: seal(whose, 'address', address), hint: hintOf(address), problem: null, problemAt: null, failingSince: null } : {}),
      ...(secret !== undefined && secret !== '' && signs[before.kind] ? { secret: seal(whose, 'secret', secret) } : {}),
    }
    await tx.update(robots).set(set).where(mineOf(ctx, robotId))
    await audit(robotId, { before: { name: before.name, teamId: before.teamId, scope: before.topics.join(' ') }, after: { name: input.name, teamId: input.teamId, scope: input.topics.join(' ') } })
    return { robotId }
  },
})

/** Switches a robot on or off. On again, it starts without its old failures. Refuses: not-found. */
export const switchRobot = command({
  name: 'robot.switch',
  permission: 'robots:write',
  input: SwitchRobot,
  async run({ tx, ctx, input: { robotId, on }, audit }): Promise<{ robotId: Id<'rbt'> }> {
    const before = await lockedRobot(tx, ctx, robotId)
    const state: RobotState = on ? 'on' : 'off'
    if (before.state === state) return { robotId }
    await tx.update(robots).set({ state, ...(on ? { failingSince: null, problem: null, problemAt: null } : {}) }).where(mineOf(ctx, robotId))
    await audit(robotId, { before: { status: before.state }, after: { status: state } })
    return { robotId }
  },
})

/** Removes a robot with what it had still to say. Refuses: not-found. */
export const removeRobot = command({
  name: 'robot.remove',
  permission: 'robots:write',
  input: OneRobot,
  async run({ tx, ctx, input: { robotId }, audit }): Promise<{ robotId: Id<'rbt'> }> {
    const before = await lockedRobot(tx, ctx, robotId)
    await tx.delete(robots).where(mineOf(ctx, robotId))
    await audit(robotId, { before: { kind: before.kind, name: before.name } })
    return { robotId }
  },
})

const mineOf = (ctx: Context, robotId: Id<'rbt'>) => and(eq(robots.orgId, ctx.orgId), eq(robots.id, robotId))

/** A robot of this organisation, locked. Refuses `not-found`. */
export async function lockedRobot(tx: Tx, ctx: Context, robotId: Id<'rbt'>): Promise<Row> {
  const [row] = await tx.select().from(robots).where(mineOf(ctx, robotId)).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}

function assertAddress(kind: RobotKind, address: string): void {
  if (!isRobotAddress(kind, address)) throw new DomainError('invalid', { fields: { address: ['not-a-robot'] } })
}

async function assertTeam(tx: Tx, ctx: Context, teamId: Id<'team'> | null): Promise<void> {
  if (teamId === null) return
  const [team] = await tx.select({ id: teams.id }).from(teams).where(and(eq(teams.orgId, ctx.orgId), eq(teams.id, teamId)))
  if (team === undefined) throw new DomainError('not-found', { fields: { teamId: ['unknown'] } })
}
