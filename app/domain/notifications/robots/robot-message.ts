import { counted, noticeWords, said } from '~/i18n/notice-words.server'
import { isId, type Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { env } from '~/platform/env'
import type { Tx } from '~db/client.server'
import type { robotPosts, robots } from '~db/schema'
import type { Context } from '../../kernel'
import { namesOf } from '../notice-names'
import { reportLines } from '../report-lines'
import type { RobotTopic } from '../vocabulary'
import { safeName, type RobotMessage } from './robot-text'

type Posted = Pick<typeof robotPosts.$inferSelect, 'subject' | 'params'>
type Robot = Pick<typeof robots.$inferSelect, 'locale' | 'showsNames'>

const MOST_NAMES = 5
const places: Record<Exclude<RobotTopic, 'daily_report'>, string> = {
  lead_assigned: '/leads', sla_at_risk: '/leads', sla_breached: '/leads', lead_lost: '/pool', source_alarmed: '/sources', source_recovered: '/sources', import_finished: '/imports', handover_done: '/settings/members', test: '/settings/robots',
}

/**
 * What a robot says of some things of one topic: how many, whose, and one link. Customers are named only where the robot
 * is set to, the first five; how to reach them never.
 */
export async function robotMessage(ctx: Context & { tx: Tx }, robot: Robot, topic: RobotTopic, posts: readonly Posted[]): Promise<RobotMessage> {
  const locale = robot.locale as Locale
  const words = noticeWords(locale)
  const link = (path: string) => ({ label: words.robot.open, href: `${env().APP_BASE_URL}${path}` })
  const [first] = posts
  if (topic === 'daily_report') {
    const { day = '', teamId = null } = (first?.params ?? {}) as { day?: string; teamId?: string | null }
    const names = await namesOf(ctx, [first?.subject ?? null])
    const name = names.get(first?.subject ?? '')?.name ?? words.wholeOrganisation
    const lines = isId('drp', first?.subject) ? await reportLines(ctx, first.subject, locale) : []
    return { title: counted(words.robot.daily_report, 1, { day, name: safeName(name) }), lines: lines.map(safeLine), link: link(`/reports/daily?day=${day}${teamId === null ? '' : `&team=${teamId}`}`) }
  }
  const owners = posts.map(({ params }) => (params as { ownerId?: Id<'mem'> | null }).ownerId ?? null)
  const names = await namesOf(ctx, [...new Set([...owners, ...(mayName(topic, robot) ? posts.map(({ subject }) => subject) : [])])])
  const byOwner = [...new Set(owners)].filter((id) => id !== null).map((id) => said(words.robot.byOwner, { owner: safeName(names.get(id)?.name ?? words.nobody), count: owners.filter((one) => one === id).length }))
  const about = mayName(topic, robot) ? posts.flatMap(({ subject }) => (subject === null ? [] : [names.get(subject)?.name ?? null])).filter((name) => name !== null).slice(0, MOST_NAMES).map(safeName) : []
  const alarms = topic === 'source_alarmed' ? posts.map(({ subject, params }) => `${safeName(names.get(subject ?? '')?.name ?? '')}: ${words.alarm[(params as { alarm: keyof typeof words.alarm }).alarm]}`) : null
  return { title: counted(words.robot[topic], posts.length), lines: [...byOwner, ...(alarms ?? about)], link: link(places[topic]) }
}

const isOurs: ReadonlySet<RobotTopic> = new Set<RobotTopic>(['source_alarmed', 'source_recovered', 'import_finished', 'handover_done'])
// Sources and colleagues are ours to name; customers only where somebody said so.
const mayName = (topic: RobotTopic, { showsNames }: Robot) => showsNames || isOurs.has(topic)

// Lines of a report have their numbers from us and their names from members.
const safeLine = (line: string) => line.replaceAll(/[@<>[\]*_`~#|\\]/g, (sign) => safeName(sign))
