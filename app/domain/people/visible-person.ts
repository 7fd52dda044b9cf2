import { sql, type SQL } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Context } from '../kernel'

/**
 * Which leads under the name `l` open the people and companies on them to this actor. People stand below leads, so
 * the rule of `leads/visible-leads` is said here again; a test holds the two together.
 */
export function leadOpensTo({ actor }: Context): SQL {
  switch (actor.kind) {
    case 'system':
    case 'apiKey': return sql`true`
    case 'source':
    case 'partner': return sql`false`
    case 'user': {
      if (actor.visibility.leads === 'all') return sql`true`
      const member = toUuid(actor.memberId)
      const own = sql`(l.owner_id = ${member} or l.submitted_by = ${member})`
      if (actor.visibility.leads === 'own' || actor.teamId === null) return own
      return sql`(${own} or l.owner_id in (select m.id from members m where m.org_id = l.org_id and m.team_id = ${toUuid(actor.teamId)}))`
    }
  }
}

/** Whether somebody sees everything, also people who hang on no lead. */
export const seesEverybody = ({ actor }: Context): boolean =>
  actor.kind === 'system' || actor.kind === 'apiKey' || (actor.kind === 'user' && actor.visibility.leads === 'all')
