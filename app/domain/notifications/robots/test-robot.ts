import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { noticeWords, said } from '~/i18n/notice-words.server'
import type { Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { members, robots } from '~db/schema'
import { command, DomainError, inTransaction, memberOf, type Context, type Verb } from '../../kernel'
import { OneRobot } from '../contract'
import { lockedRobot } from './keep-robots'
import { hasRoom, recentOf, say } from './post-to-robots'
import { robotMessage } from './robot-message'
import { safeName } from './robot-text'

const prepare = command({
  name: 'robot.test',
  permission: 'robots:write',
  input: OneRobot,
  async run({ tx, ctx, input: { robotId }, audit }) {
    const robot = await lockedRobot(tx, ctx, robotId)
    if (!hasRoom(robot, ctx.now)) throw new DomainError('too-many', { params: { seconds: 60 } })
    await tx.update(robots).set({ recent: [...recentOf(robot, ctx.now), ctx.now.toISOString()] }).where(and(eq(robots.orgId, ctx.orgId), eq(robots.id, robotId)))
    const me = memberOf(ctx.actor)
    const [member] = me === null ? [] : await tx.select({ name: members.name }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, me)))
    const message = await robotMessage(ctx, robot, 'test', [{ subject: null, params: {} }])
    await audit(robotId, { after: { kind: 'test' } })
    return { robot, message: { ...message, lines: [said(noticeWords(robot.locale as Locale).robot.tested, { name: safeName(member?.name ?? 'Clew') })] } }
  },
})

/**
 * Says a test through a robot now, whether it is on or not, and answers what the platform said to it (null: it took it).
 * Counts against the robot's minute. Refuses: not-found, too-many. Call it outside of other verbs: it asks another server.
 */
export const testRobot: Verb<typeof OneRobot, { robotId: Id<'rbt'>; problem: string | null }> = Object.assign(
  async (ctx: Context, input: z.input<typeof OneRobot>) => {
    const { robot, message } = await prepare(ctx, input)
    const problem = await say(robot, message, ctx.now)
    const set = problem === null ? { problem: null, problemAt: null, failingSince: null, lastSentAt: ctx.now } : { problem, problemAt: ctx.now }
    await inTransaction(ctx, 'read write', (tx) => tx.update(robots).set(set).where(and(eq(robots.orgId, ctx.orgId), eq(robots.id, robot.id))))
    return { robotId: robot.id, problem }
  },
  { verb: prepare.verb, permission: prepare.permission, kind: prepare.kind },
)
