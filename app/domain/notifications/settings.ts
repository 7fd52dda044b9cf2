import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { isLocale, type Locale } from '~/lib/locales'
import type { Tx } from '~db/client.server'
import { members, notificationSettings, organisations } from '~db/schema'
import { command, DomainError, memberOf, query, type Context } from '../kernel'
import { nothing } from '../kernel/contract'
import type { Role } from '../orgs/vocabulary'
import { SetNotifications } from './contract'
import type { Times } from './quiet'
import { chosenKinds, hears, usualChannels, usualTimes, type Channels, type NoticeKind } from './vocabulary'

type Row = typeof notificationSettings.$inferSelect
/** Who is told and how: usual settings filled in. */
export type Told = Times & { memberId: Id<'mem'>; name: string; email: string; role: Role; teamId: Id<'team'> | null; locale: Locale; urgentPasses: boolean; channels: (kind: NoticeKind) => Channels }
/** One's own settings, as the page shows them: only kinds one is ever told of. `own*` are null where the organisation's hold. */
export type NotificationSettings = Times & {
  channels: { kind: NoticeKind; channels: Channels }[]; urgentPasses: boolean; locale: Locale; ownTimeZone: string | null; ownLocale: Locale | null
}

/** Active members among these, with how they want to be told; and their number of statements is two. */
export async function toldOf(tx: Tx, ctx: Context, memberIds: readonly Id<'mem'>[]): Promise<Map<Id<'mem'>, Told>> {
  if (memberIds.length === 0) return new Map()
  const [org] = await tx.select({ timeZone: organisations.timeZone, locale: organisations.locale }).from(organisations).where(eq(organisations.orgId, ctx.orgId))
  const rows = await tx.select({ member: members, own: notificationSettings }).from(members)
    .leftJoin(notificationSettings, and(eq(notificationSettings.orgId, members.orgId), eq(notificationSettings.memberId, members.id)))
    .where(and(eq(members.orgId, ctx.orgId), inArray(members.id, [...new Set(memberIds)]), eq(members.status, 'active')))
  return new Map(rows.map(({ member, own }) => [member.id, toldAs(member, own, { timeZone: org?.timeZone ?? 'UTC', locale: org?.locale ?? 'en' })]))
}

function toldAs({ id, name, email, role, teamId }: typeof members.$inferSelect, own: Row | null, org: { timeZone: string; locale: string }): Told {
  const chosen = (own?.channels ?? {}) as Partial<Record<NoticeKind, Channels>>
  const locale = own?.locale ?? org.locale
  return {
    memberId: id, name, email, role, teamId, locale: isLocale(locale) ? locale : 'en', timeZone: own?.timeZone ?? org.timeZone,
    ...(own === null ? usualTimes : { quietFrom: own.quietFrom, quietTo: own.quietTo, urgentPasses: own.urgentPasses, digestMinute: own.digestMinute, digestWorkingDays: own.digestWorkingDays }),
    channels: (kind) => (hears(role, kind) ? (chosen[kind] ?? usualChannels(role, kind)) : { app: false, browser: false, mail: 'never' }),
  }
}

function meOf(ctx: Context): Id<'mem'> {
  const me = memberOf(ctx.actor)
  if (me === null) throw new DomainError('not-allowed')
  return me
}

/** How the member who asks is told of what: their own choices, else the usual ones of their role. Refuses: not-allowed for who is no member. */
export const ownNotifications = query({
  name: 'notifications.settings',
  permission: 'leads:read',
  input: nothing,
  async run({ tx, ctx }): Promise<NotificationSettings> {
    const me = meOf(ctx)
    const told = (await toldOf(tx, ctx, [me])).get(me)
    if (told === undefined) throw new DomainError('not-allowed')
    const [own] = await tx.select({ timeZone: notificationSettings.timeZone, locale: notificationSettings.locale }).from(notificationSettings)
      .where(and(eq(notificationSettings.orgId, ctx.orgId), eq(notificationSettings.memberId, me)))
    const { channels, quietFrom, quietTo, digestMinute, digestWorkingDays, timeZone, urgentPasses, locale, role } = told
    return {
      channels: chosenKinds.filter((kind) => hears(role, kind)).map((kind) => ({ kind, channels: channels(kind) })),
      quietFrom, quietTo, digestMinute, digestWorkingDays, timeZone, urgentPasses, locale,
      ownTimeZone: own?.timeZone ?? null, ownLocale: isLocale(own?.locale) ? own.locale : null,
    }
  },
})

/** Sets how one is told: channels of each kind, quiet hours, digest, zone and language of mails. Kinds left out stay as they are. Refuses: invalid. */
export const setNotifications = command({
  name: 'notifications.set',
  permission: 'leads:read',
  input: SetNotifications,
  async run({ tx, ctx, input, audit }): Promise<{ memberId: Id<'mem'> }> {
    const memberId = meOf(ctx)
    const mine = and(eq(notificationSettings.orgId, ctx.orgId), eq(notificationSettings.memberId, memberId))
    const [before] = await tx.select().from(notificationSettings).where(mine).for('update')
    const set = {
      channels: { ...(before?.channels as object | undefined), ...input.channels }, quietFrom: input.quiet ? input.quietFrom : null, quietTo: input.quiet ? input.quietTo : null,
      urgentPasses: input.urgentPasses, digestMinute: input.digestAt, digestWorkingDays: input.digestWorkingDays, timeZone: input.timeZone, locale: input.locale, updatedAt: ctx.now,
    }
    await tx.insert(notificationSettings).values({ orgId: ctx.orgId, memberId, ...set }).onConflictDoUpdate({ target: [notificationSettings.orgId, notificationSettings.memberId], set })
    await audit(memberId, { before: before === undefined ? null : { ...before, updatedAt: null, orgId: null, memberId: null }, after: { ...set, updatedAt: null } })
    return { memberId }
  },
})
