import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { readValue } from './engine/read-value'

/** What is compared of a person. Lists hold every value known; masked numbers keep their stars. */
export type MatchRecord = {
  id: Id<'per'>; name: string; phones: string[]; emails: string[]; wechats: string[]; companies: string[]; domains: string[]; city: string; title: string
}

const MOST_KEYS = 40
const SECRET_LENGTH = 22

/**
 * The keys under which a person is looked for: at least four ways in, so that no one slip hides somebody. Each is a
 * digest with the organisation in it, so that no name can be read or tried across organisations.
 */
export function matchKeysOf(orgId: Id<'org'>, record: MatchRecord): string[] {
  return [...new Set(readableKeys(record))].slice(0, MOST_KEYS).map((key) => digestKey(orgId, key))
}

/** The key that everybody of exactly this name shares: it counts how common the name is. */
export const fullNameKey = (orgId: Id<'org'>, name: string): string => digestKey(orgId, `name ${readValue('name', name)}`)

const digestKey = (orgId: string, key: string): string => sha256(`${orgId} ${key}`).toString('base64url').slice(0, SECRET_LENGTH)

function readableKeys(record: MatchRecord): string[] {
  const name = readValue('name', record.name)
  const [first, last] = [[...name].slice(0, 3).join(''), [...name].slice(-3).join('')]
  const locals = record.emails.flatMap((email) => email.split('@')[0] ?? []).filter((local) => local.length >= 5)
  const firms = [...record.companies, ...record.domains]
  const tails = record.phones.map((phone) => phone.slice(-4))
  return [
    ...(name === '' ? [] : [`name ${name}`]),
    ...(name === '' ? [] : firms.flatMap((firm) => [`firm+begin ${firm} ${first}`, `firm+end ${firm} ${last}`])),
    ...(name === '' ? [] : tails.flatMap((tail) => [`tail+begin ${tail} ${first}`, `tail+end ${tail} ${last}`])),
    ...(name === '' || record.city === '' ? [] : [`city+name ${record.city} ${name}`]),
    ...locals.map((local) => `local ${local}`),
    ...record.emails.map((email) => `mail ${email.split('@')[1] ?? ''} ${(email.split('@')[0] ?? '').slice(0, 4)} ${first}`),
    ...record.phones.flatMap((phone) => (phone.includes('*') ? [] : [`phone head ${phone.slice(0, -4)}`, `phone tail ${phone.slice(-7)}`])),
    ...record.wechats.map((wechat) => `wechat ${wechat}`),
  ]
}

type Row = { id: string; name: string; title: string | null; city: string | null; phones: string[]; emails: string[]; wechats: string[]; companies: string[]; domains: string[] }

/** Reads people of this organisation for comparison; those merged into another are left out. Hints count until they expire. */
export async function loadRecords(tx: Tx, orgId: Id<'org'>, ids: readonly Id<'per'>[], now: Date): Promise<MatchRecord[]> {
  if (ids.length === 0) return []
  const org = toUuid(orgId)
  const rows = await tx.execute<Row>(sql`
    select p.id, p.name, p.title, p.city, coalesce(i.phones, '{}')
        || array(select h.value from contact_hints h where h.org_id = p.org_id and h.person_id = p.id and h.expires_at > ${now.toISOString()}::timestamptz) as phones,
      coalesce(i.emails, '{}') as emails, coalesce(i.wechats, '{}') as wechats, coalesce(e.companies, '{}') as companies, coalesce(e.domains, '{}') as domains
    from people p
    left join lateral (
      select array_agg(value) filter (where kind = 'phone') as phones, array_agg(value) filter (where kind = 'email') as emails, array_agg(value) filter (where kind = 'wechat') as wechats
      from identities i where i.org_id = p.org_id and i.person_id = p.id) i on true
    left join lateral (
      select array_agg(c.key) as companies, array_agg(c.domain) filter (where c.domain is not null) as domains
      from employments e join companies c on c.org_id = e.org_id and c.id = e.company_id where e.org_id = p.org_id and e.person_id = p.id) e on true
    where p.org_id = ${org} and p.canonical_id is null and p.id = any (${`{${ids.map(toUuid).join(',')}}`}::uuid[])`)
  return rows.map((row) => ({ ...row, id: fromUuid('per', row.id), title: readValue('text', row.title ?? ''), city: readValue('text', row.city ?? '') }))
}
