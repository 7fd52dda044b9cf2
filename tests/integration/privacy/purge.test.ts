import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createAccount, accountOf } from '~/domain/auth'
import { isRefusal } from '~/domain/kernel'
import { purgeOrganisation } from '~/domain/privacy'
import { newId, toUuid, type Id } from '~/lib/ids'
import { serveAs } from '~db/client.server'
import { formSubmissions } from '~db/schema'
import { furnish } from '~db/seeds/furnish/furnish'
import { loadRows } from '~db/seeds/load'
import { tell, worlds } from '~db/seeds/worlds'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { rowsOf } from '~tests/support/standing-cases'

/** Rows of an organisation in every table that has any, read past all policies. */
const remains = (orgId: Id<'org'>) =>
  asSuperuser(async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and not c.relispartition`)
    const found: Record<string, number> = {}
    for (const { name } of tables) {
      const [row] = await tx.execute<{ n: string }>(sql`select count(*) as n from ${sql.identifier(name)} where org_id = ${toUuid(orgId)}`)
      if (Number(row?.n) > 0) found[name] = Number(row?.n)
    }
    return found
  })

it('wipes a demo organisation without trace and leaves the others as they were', async () => {
  serveAs('worker')
  const neighbour = await anOrganisation()
  const before = await rowsOf(neighbour)
  const world = worlds[1]
  if (world === undefined) throw new Error('no world')
  const { userId } = await createAccount({ name: 'Anke Petersen', email: 'admin@nordhafen.example', password: 'a long enough one 7' }, NOON)
  const orgId = newId('org')
  const small = { ...world, leads: 240, accounts: [] }
  const tale = tell(small, { orgId, end: NOON, region: 'eu', userIds: new Map([['admin', userId]]) })
  const loaded = await loadRows(orgId, tale.rows)
  // The database itself gives every owned lead its place in a queue.
  const { queue_items: queued = 0, ...told } = await remains(orgId)
  expect(Object.values(told).reduce((sum, n) => sum + n, 0)).toBe(loaded)
  expect(queued).toBeGreaterThan(0)

  await furnish(small, tale)
  const made = await remains(orgId)
  for (const table of ['assignment_rule_sets', 'sla_policies', 'sla_clocks', 'forms', 'form_submissions', 'saved_views', 'view_choices', 'bulk_changes', 'bulk_rows', 'match_decisions', 'merges', 'queue_rates', 'source_watches', 'lead_field_values', 'ownership_changes', 'assignment_receipts', 'outbox', 'audit_entries']) {
    expect(made, table).toHaveProperty(table)
  }

  expect(await asSuperuser((tx) => tx.select({ state: formSubmissions.state }).from(formSubmissions).where(eq(formSubmissions.orgId, orgId)).then((all) => all.map(({ state }) => state).sort()))).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'quarantined'])

  const gone = await purgeOrganisation(orgId, { demoOnly: true })
  expect(gone.rows).toBe(Object.values(made).reduce((sum, n) => sum + n, 0))
  expect(gone.emails).toEqual(['admin@nordhafen.example'])
  expect(await remains(orgId)).toEqual({})
  expect(await accountOf('admin@nordhafen.example')).toBeNull()
  expect(await rowsOf(neighbour)).toEqual(before)
})

it('refuses a real organisation and one that is not there', async () => {
  serveAs('worker')
  const real = await anOrganisation()
  await expect(purgeOrganisation(real.orgId, { demoOnly: true })).rejects.toSatisfy((error) => isRefusal(error, 'not-allowed'))
  await expect(purgeOrganisation(newId('org'), { demoOnly: true })).rejects.toSatisfy((error) => isRefusal(error, 'not-found'))
})
