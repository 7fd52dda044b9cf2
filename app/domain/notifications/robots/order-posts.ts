import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members, robotPosts, robots } from '~db/schema'
import type { Context } from '../../kernel'
import type { Post } from '../facts'

// What comes within a minute is one message: groups are not flooded, and platforms take twenty a minute.
const TOGETHER_MS = 60_000

/** Puts before each robot what it is to say, once for each thing: all of it, or what its team is concerned by. */
export async function orderPosts({ tx, orgId, now }: Context & { tx: Tx }, posts: readonly Post[]): Promise<number> {
  if (posts.length === 0) return 0
  const on = await tx.select({ id: robots.id, teamId: robots.teamId, topics: robots.topics }).from(robots).where(and(eq(robots.orgId, orgId), eq(robots.state, 'on')))
  if (on.length === 0) return 0
  const owners = [...new Set(posts.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])))]
  const people = owners.length === 0 ? [] : await tx.select({ id: members.id, teamId: members.teamId }).from(members).where(and(eq(members.orgId, orgId), inArray(members.id, owners)))
  const teamOf = new Map(people.map(({ id, teamId }) => [id, teamId]))
  const rows = on.flatMap((robot) => posts
    .filter(({ topic, ownerId, teamId }) => robot.topics.includes(topic) && (teamId === undefined ? robot.teamId === null || (ownerId !== null && teamOf.get(ownerId) === robot.teamId) : teamId === robot.teamId))
    .map(({ topic, key, subject, ownerId, params }) => ({
      orgId, id: newId('rbp', now), robotId: robot.id, topic, key, subject, params: { ...params, ownerId }, madeAt: now, dueAt: topic === 'daily_report' ? now : new Date(now.getTime() + TOGETHER_MS),
    })))
  if (rows.length === 0) return 0
  return (await tx.insert(robotPosts).values(rows).onConflictDoNothing().returning({ id: robotPosts.id })).length
}
