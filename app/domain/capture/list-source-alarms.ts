import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { sourceAlarms, sources } from '~db/schema'
import { query } from '../kernel'
import { ListSourceAlarms } from './contract'
import type { AlarmFacts } from './sync-alarms'
import type { AlarmKind, ConnectorName } from './vocabulary'

/** A source that is, or was, not as it usually is. `since` is when it began, `openedAt` when it was noticed. */
export type SourceAlarm = {
  id: Id<'alm'>; source: { id: Id<'src'>; name: string; connector: ConnectorName }; kind: AlarmKind; since: Date; openedAt: Date; clearedAt: Date | null; facts: AlarmFacts
}

/** Alarms of all sources or one, newest first: those that are open, or with `open: false` all of them. */
export const listSourceAlarms = query({
  name: 'source.alarms',
  permission: 'sources:read',
  input: ListSourceAlarms,
  async run({ tx, ctx, input: { sourceId, open, limit } }): Promise<SourceAlarm[]> {
    const rows = await tx.select({ alarm: sourceAlarms, source: { id: sources.id, name: sources.name, connector: sources.connector } }).from(sourceAlarms)
      .innerJoin(sources, and(eq(sources.orgId, sourceAlarms.orgId), eq(sources.id, sourceAlarms.sourceId)))
      .where(and(eq(sourceAlarms.orgId, ctx.orgId), ...(sourceId === null ? [] : [eq(sourceAlarms.sourceId, sourceId)]), ...(open ? [isNull(sourceAlarms.clearedAt)] : [])))
      .orderBy(desc(sourceAlarms.id)).limit(limit)
    return rows.map(({ alarm: { id, kind, since, openedAt, clearedAt, facts }, source }) => ({ id, source, kind, since, openedAt, clearedAt, facts: facts as AlarmFacts }))
  },
})
