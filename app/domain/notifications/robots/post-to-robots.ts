import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { fromUuid, newId, type Id } from '~/lib/ids'
import { askRemote, RemoteError } from '~/platform/http-client'
import { database, type Tx } from '~db/client.server'
import { robotPosts, robots } from '~db/schema'
import { emitIn, inTransaction, systemContext, type Context } from '../../kernel'
import type { RobotTopic } from '../vocabulary'
import { isRobotAddress, unseal } from './robot-address'
import { robotAdapter } from './robot-adapters'
import { robotMessage } from './robot-message'
import type { RobotMessage } from './robot-text'

type Robot = typeof robots.$inferSelect
type Ready = { robot: Robot; postIds: Id<'rbp'>[]; message: RobotMessage }

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const CLAIM_MS = 2 * MINUTE
const MOST_TOGETHER = 200
/** WeCom and DingTalk document twenty messages a minute; DingTalk is deaf for ten minutes beyond it. */
const MOST_A_MINUTE = 20
/** Standard Webhooks: ten tries over 75 hours. */
const pauses = [5_000, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 300 * MINUTE, 600 * MINUTE, 840 * MINUTE, 1_200 * MINUTE, DAY]
const FAILING_DAYS = 5
const TIMEOUT_MS = 10_000

/** Says what robots have to say, in every organisation. Answers how many messages were taken. */
export async function postToRobots(now: Date): Promise<number> {
  const due = await database('worker').execute<{ org_id: string; robot_id: string }>(sql`select org_id, robot_id from clew_resolve.due_robot_posts(${now.toISOString()}::timestamptz)`)
  const sent = await Promise.all(due.map(({ org_id: org, robot_id: robot }) => postFor(fromUuid('org', org), fromUuid('rbt', robot), now)))
  return sent.reduce((sum, n) => sum + n, 0)
}

/** The same for one robot: message by message, as many as a minute has room for. What fails waits, and the others behind it. */
export async function postFor(orgId: Id<'org'>, robotId: Id<'rbt'>, now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'post-to-robots', now)
  let sent = 0
  for (let n = 0; n < MOST_A_MINUTE; n += 1) {
    const ready = await inTransaction(ctx, 'read write', (tx) => claim({ ...ctx, tx }, robotId))
    if (ready === null) return sent
    const problem = await say(ready.robot, ready.message, now)
    await inTransaction(ctx, 'read write', (tx) => note({ ...ctx, tx }, ready, problem))
    if (problem !== null) return sent
    sent += 1
  }
  return sent
}

/** Says one message. Answers why it was not taken, in the platform's words, or null. The address is looked at again: lists change. */
export async function say(robot: Robot, message: RobotMessage, now: Date): Promise<string | null> {
  const address = unseal(robot, 'address', robot.address)
  if (!isRobotAddress(robot.kind, address)) return 'refused-address'
  const adapter = robotAdapter(robot.kind)
  const { url, body } = adapter.request({ address, secret: robot.secret === null ? null : unseal(robot, 'secret', robot.secret), now }, message)
  try {
    const answer = await askRemote(url, { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body), timeoutMs: TIMEOUT_MS, mostBytes: 64_000 })
    return adapter.refusal(answer.status, answer.body.toString('utf8'))
  } catch (error) {
    if (error instanceof RemoteError) return error.code
    throw error
  }
}

/** Those of a robot's last posts that count against its minute. */
export const recentOf = ({ recent }: Robot, now: Date): string[] => (recent as string[]).filter((at) => new Date(at).getTime() > now.getTime() - MINUTE)
export const hasRoom = (robot: Robot, now: Date): boolean => recentOf(robot, now).length < MOST_A_MINUTE

async function claim(ctx: Context & { tx: Tx }, robotId: Id<'rbt'>): Promise<Ready | null> {
  const { tx, orgId, now } = ctx
  const [robot] = await tx.select().from(robots).where(and(eq(robots.orgId, orgId), eq(robots.id, robotId), eq(robots.state, 'on'))).for('update', { skipLocked: true })
  if (robot === undefined || !hasRoom(robot, now)) return null
  const waiting = and(eq(robotPosts.orgId, orgId), eq(robotPosts.robotId, robotId), isNull(robotPosts.sentAt), isNull(robotPosts.droppedAt))
  await tx.update(robotPosts).set({ droppedAt: now }).where(and(waiting, lt(robotPosts.madeAt, new Date(now.getTime() - 4 * DAY))))
  const due = await tx.select().from(robotPosts)
    .where(and(waiting, lte(robotPosts.dueAt, now), or(isNull(robotPosts.claimedAt), lt(robotPosts.claimedAt, new Date(now.getTime() - CLAIM_MS))))).orderBy(asc(robotPosts.dueAt), asc(robotPosts.id)).limit(MOST_TOGETHER).for('update')
  const [first] = due
  if (first === undefined) return null
  // Every report is a message of its own; of other topics what is due is said together.
  const batch = due.filter(({ id, topic, tries }) => (first.topic === 'daily_report' ? id === first.id : topic === first.topic && tries === first.tries))
  const postIds = batch.map(({ id }) => id)
  await tx.update(robotPosts).set({ batch: newId('rbp', now), claimedAt: now }).where(and(eq(robotPosts.orgId, orgId), inArray(robotPosts.id, postIds)))
  await tx.update(robots).set({ recent: [...recentOf(robot, now), now.toISOString()] }).where(and(eq(robots.orgId, orgId), eq(robots.id, robotId)))
  return { robot, postIds, message: await robotMessage(ctx, robot, first.topic as RobotTopic, batch) }
}

async function note(ctx: Context & { tx: Tx }, { robot, postIds }: Ready, problem: string | null): Promise<void> {
  const { tx, orgId, now } = ctx
  const posts = and(eq(robotPosts.orgId, orgId), inArray(robotPosts.id, postIds))
  const own = and(eq(robots.orgId, orgId), eq(robots.id, robot.id))
  if (problem === null) {
    await tx.update(robotPosts).set({ sentAt: now }).where(posts)
    await tx.update(robots).set({ failingSince: null, problem: null, problemAt: null, lastSentAt: now }).where(own)
    return
  }
  const [post] = await tx.select({ tries: robotPosts.tries }).from(robotPosts).where(posts).limit(1)
  const tries = (post?.tries ?? 0) + 1
  const pause = pauses[tries - 1]
  await tx.update(robotPosts).set(pause === undefined ? { tries, droppedAt: now } : { tries, claimedAt: null, dueAt: new Date(now.getTime() + pause) }).where(posts)
  // What waits behind a failure waits with it: a group that hears nothing is not asked again for each.
  if (pause !== undefined) await tx.update(robotPosts).set({ dueAt: new Date(now.getTime() + pause) }).where(and(eq(robotPosts.orgId, orgId), eq(robotPosts.robotId, robot.id), isNull(robotPosts.sentAt), isNull(robotPosts.droppedAt), lt(robotPosts.dueAt, new Date(now.getTime() + pause)), eq(robotPosts.tries, 0)))
  const failingSince = robot.failingSince ?? now
  const isOver = now.getTime() - failingSince.getTime() >= FAILING_DAYS * DAY
  await tx.update(robots).set({ failingSince, problem, problemAt: now, ...(isOver ? { state: 'disabled' as const } : {}) }).where(own)
  if (isOver) await emitIn(tx, ctx)('robot.disabled', { robotId: robot.id })
}
