import { eq } from 'drizzle-orm'
import { memberOf, type Context, type EventName, type Events } from '~/domain/kernel'
import type { hearEvents } from '~/domain/notifications'
import { newId, type Id } from '~/lib/ids'
import { dailyReports, notices, noticeSends, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import type { TestOrganisation } from '~tests/support/organisations'

/** An event as a handler hears it. */
export const heard = <N extends EventName>(name: N, payload: Events[N], id: Id<'evt'> = newId('evt')) => ({ id, name, payload }) as Parameters<typeof hearEvents>[1][number]

export const meOf = (ctx: Context): Id<'mem'> => memberOf(ctx.actor) ?? 'mem_x'
export const noticesOf = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(notices).where(eq(notices.orgId, org.orgId)).orderBy(notices.id))
export const sendsOf = (org: TestOrganisation) => asSuperuser((tx) => tx.select().from(noticeSends).where(eq(noticeSends.orgId, org.orgId)).orderBy(noticeSends.noticeId, noticeSends.channel))
export const eventsOf = (org: TestOrganisation, name: EventName) => asSuperuser(async (tx) => (await tx.select().from(outbox).where(eq(outbox.orgId, org.orgId))).filter((row) => row.name === name))

/** All that a member may set, as the form sends it: no quiet, everything in Clew only. */
export const settings = (more: object = {}) => ({
  channels: {}, quiet: false, quietFrom: 1_320, quietTo: 420, urgentPasses: true, digestAt: 540, digestWorkingDays: true, timeZone: null, locale: null, ...more,
})

const counts = { leads: 4, kept: 3, missed: 1, contacts: 12, calls: 9, qualified: 2, graded: 1, won: 0, overdue: 5 }
/** A daily report as the schedule keeps it: one member in it, with a target. */
export async function aReport(org: TestOrganisation, memberId: Id<'mem'>): Promise<Id<'drp'>> {
  const id = newId('drp')
  const numbers = { totals: counts, members: [{ id: memberId, counts, targets: [] }], targets: [{ metric: 'contacts_per_day', value: 16, reached: 12 }] }
  await asSuperuser((tx) => tx.insert(dailyReports).values({ orgId: org.orgId, id, teamId: null, day: '2024-05-15', numbers, madeAt: org.system.now }))
  return id
}
