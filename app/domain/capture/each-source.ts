import { sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { database } from '~db/client.server'
import { systemContext, type Context } from '../kernel'

const TOGETHER = 6

/** Does something for every active source of these connectors, whatever its organisation, a few at a time. One that fails stops only itself. */
export async function eachSource(connectors: readonly string[], job: string, now: Date, work: (ctx: Context, sourceId: Id<'src'>) => Promise<unknown>): Promise<number> {
  const rows = await database('worker').execute<{ org_id: string; id: string }>(sql`
    select org_id, id from clew_resolve.sources_of(array(select json_array_elements_text(${JSON.stringify(connectors)}::json)))`)
  const waiting = [...rows]
  const lane = async () => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const sourceId = fromUuid('src', row.id)
      await work(systemContext(fromUuid('org', row.org_id), job, now), sourceId).catch((error: unknown) => log.error({ err: error, job, sourceId }, 'recurring work failed for a source'))
    }
  }
  await Promise.all(Array.from({ length: TOGETHER }, lane))
  return rows.length
}
