import type { Permission, Role } from '../orgs/vocabulary'
import { rolePermissions } from '../orgs/vocabulary'

/** Value lists of notifications. What a member is told of. */
export const noticeKinds = [
  'lead_assigned', 'sla_at_risk', 'sla_breached', 'callback_due', 'task_due', 'recycle_near', 'lead_lost', 'mail_failed',
  'import_finished', 'bulk_finished', 'source_alarmed', 'source_recovered', 'handover_done', 'daily_report', 'robot_disabled', 'score_line_paused', 'test',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Kinds a member chooses channels for; a test goes everywhere. */
export const chosenKinds = noticeKinds.filter((kind) => kind !== 'test')

/** Who is ever told of a kind: whoever holds this. */
export const needsOf: Record<NoticeKind, Permission> = {
  lead_assigned: 'leads:write', sla_at_risk: 'leads:write', sla_breached: 'leads:write', callback_due: 'leads:write', task_due: 'leads:write', recycle_near: 'leads:write',
  lead_lost: 'leads:write', mail_failed: 'leads:write', import_finished: 'imports:write', bulk_finished: 'leads:write', source_alarmed: 'sources:read', source_recovered: 'sources:read',
  handover_done: 'leads:assign', daily_report: 'reports:read', robot_disabled: 'robots:write', score_line_paused: 'settings:write', test: 'leads:read',
}
export const hears = (role: Role, kind: NoticeKind): boolean => rolePermissions[role].has(needsOf[kind])

/** They may pass quiet hours: somebody waits, or asked to be called just then. */
export const urgentKinds: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['sla_breached', 'callback_due', 'test'])

/** Things of a kind that come within so many minutes are told as one; others stand alone. Mail waits for as long. */
export const bundleMinutes: Record<NoticeKind, number> = {
  lead_assigned: 5, sla_at_risk: 5, sla_breached: 1, callback_due: 1, task_due: 5, recycle_near: 5, lead_lost: 5, mail_failed: 5,
  import_finished: 0, bulk_finished: 0, source_alarmed: 5, source_recovered: 5, handover_done: 0, daily_report: 0, robot_disabled: 0, score_line_paused: 5, test: 0,
}

/** By mail: not at all, at once, or with the digest. */
export const mailChoices = ['never', 'once', 'digest'] as const
export type MailChoice = (typeof mailChoices)[number]
export type Channels = { app: boolean; browser: boolean; mail: MailChoice }

const quiet: Channels = { app: true, browser: false, mail: 'never' }
const shown: Channels = { app: true, browser: true, mail: 'never' }
const mailed: Channels = { app: true, browser: false, mail: 'once' }
const digested: Channels = { app: true, browser: false, mail: 'digest' }
const usual: Record<NoticeKind, Channels> = {
  lead_assigned: shown, sla_at_risk: shown, sla_breached: shown, callback_due: shown, task_due: shown, recycle_near: digested, lead_lost: digested, mail_failed: mailed,
  import_finished: quiet, bulk_finished: quiet, source_alarmed: digested, source_recovered: quiet, handover_done: quiet, daily_report: quiet, robot_disabled: mailed, score_line_paused: mailed,
  test: { app: true, browser: true, mail: 'once' },
}
const byRole: Partial<Record<Role, Partial<Record<NoticeKind, Channels>>>> = {
  manager: { sla_breached: { app: true, browser: true, mail: 'once' }, daily_report: mailed },
  admin: { source_alarmed: mailed },
  marketer: { source_alarmed: mailed, import_finished: shown },
}
/** How somebody of a role is told of a kind, until they choose otherwise. */
export const usualChannels = (role: Role, kind: NoticeKind): Channels => byRole[role]?.[kind] ?? usual[kind]

/** Until somebody chooses otherwise: 22:00 to 07:00, and one digest at 09:00 of working days. */
export const usualTimes = { quietFrom: 1_320, quietTo: 420, urgentPasses: true, digestMinute: 540, digestWorkingDays: true } as const

/** What leaves Clew by itself, and how it is grouped: alone, with the digest, or with all that quiet hours held back. */
export const sendChannels = ['mail', 'browser'] as const
export const sendModes = ['once', 'digest', 'held'] as const
export type SendMode = (typeof sendModes)[number]

export const robotKinds = ['wecom', 'dingtalk', 'feishu', 'slack'] as const
export type RobotKind = (typeof robotKinds)[number]
export const robotStates = ['on', 'off', 'disabled'] as const
export type RobotState = (typeof robotStates)[number]
/** What a group can be told of. */
export const robotTopics = ['lead_assigned', 'sla_at_risk', 'sla_breached', 'lead_lost', 'source_alarmed', 'source_recovered', 'import_finished', 'handover_done', 'daily_report', 'test'] as const
export type RobotTopic = (typeof robotTopics)[number]
export const chosenTopics = robotTopics.filter((topic) => topic !== 'test')

/** Where each kind of robot lives. */
export const robotHosts: Record<RobotKind, readonly string[]> = {
  wecom: ['qyapi.weixin.qq.com'], dingtalk: ['oapi.dingtalk.com'], feishu: ['open.feishu.cn', 'open.larksuite.com'], slack: ['hooks.slack.com'],
}
/** DingTalk and Feishu may sign what they are sent. */
export const signs: Record<RobotKind, boolean> = { wecom: false, dingtalk: true, feishu: true, slack: false }
