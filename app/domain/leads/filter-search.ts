import { sql, type SQL } from 'drizzle-orm'
import { queryTokens } from '~/lib/search-tokens'

const searchedAtMost = 10_001

/** Names by their tokens; a whole phone number or address by the identity it is. */
export function searched(text: string | undefined): SQL | undefined {
  if (text === undefined || text === '') return undefined
  const tokens = queryTokens(text)
  if (tokens.length === 0) return sql`false`
  const words = sql`array[${sql.join(tokens.map((token) => sql`${token}`), sql`, `)}]::text[]`
  // As an array, which is looked up by key: as a subquery, the planner walked a million leads in order and tried each.
  return sql`l.id = any (array(select f.id from clew_find.leads(${words}, ${identityOf(text)}, ${searchedAtMost}) f))`
}

function identityOf(text: string): string {
  if (text.includes('@')) return text.trim().toLowerCase()
  const digits = text.replaceAll(/[^\d+]/g, '')
  if (digits.startsWith('+')) return digits
  return /^1[3-9]\d{9}$/.test(digits) ? `+86${digits}` : digits
}
