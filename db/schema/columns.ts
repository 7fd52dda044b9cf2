import { fromUuid, readId, type Id } from '~/lib/ids'
import { sql } from 'drizzle-orm'
import { customType, pgPolicy, timestamp } from 'drizzle-orm/pg-core'

/**
 * A uuid column that is a TypeID (`lead_01h…`) in TypeScript. The prefix is checked on the way in,
 * so that an id of another kind never reaches a comparison.
 */
export function typeId<P extends string>(prefix: P) {
  return customType<{ data: Id<P>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => {
      const uuid = readId(prefix, id)
      if (uuid === null) throw new RangeError(`Not a ${prefix} id`)
      return uuid
    },
    fromDriver: (uuid) => fromUuid(prefix, uuid),
  })
}

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** The tenant: first column of every key. */
export const orgId = () => typeId('org')('org_id').notNull()

/** A moment, always with its zone, to the millisecond (what a JavaScript Date can hold). */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** The one policy of every tenant table. The sub-select is evaluated once a statement, not once a row. */
export const tenantPolicy = () =>
  pgPolicy('tenant', {
    as: 'permissive',
    for: 'all',
    to: 'public',
    using: sql`org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)`,
    withCheck: sql`org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)`,
  })
