import { and, eq } from 'drizzle-orm'
import { sourceAlarms } from '~db/schema'
import { command, DomainError } from '../kernel'
import { OneAlarm } from './contract'
import type { AlarmFacts } from './sync-alarms'
import { takeAsUsual } from './watch-source'

/**
 * Says that a source is well as it is: its alarm is closed, silence counts from now on, and fields that are gone are
 * no longer missed. Dismissing a closed one changes nothing. Refuses `not-found`.
 */
export const dismissSourceAlarm = command({
  name: 'source.dismiss-alarm',
  permission: 'sources:write',
  input: OneAlarm,
  async run({ tx, ctx, input: { alarmId }, emit, audit }): Promise<void> {
    const key = and(eq(sourceAlarms.orgId, ctx.orgId), eq(sourceAlarms.id, alarmId))
    const [alarm] = await tx.select().from(sourceAlarms).where(key).for('update')
    if (!alarm) throw new DomainError('not-found')
    if (alarm.clearedAt !== null) return
    await tx.update(sourceAlarms).set({ clearedAt: ctx.now }).where(key)
    await takeAsUsual({ ...ctx, tx }, alarm.sourceId, (alarm.facts as AlarmFacts).missing ?? [])
    await audit(alarm.sourceId, { after: { kind: alarm.kind, outcome: 'dismissed' } })
    await emit('source.recovered', { sourceId: alarm.sourceId, alarmId })
  },
})
