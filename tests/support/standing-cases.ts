import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Context, isRefusal, type Verb } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { toUuid } from '~/lib/ids'
import { asSuperuser } from './database'
import { anOrganisation, type TestOrganisation } from './organisations'

/**
 * What another organisation's actor must see of what the input names:
 * - `not-found`: the verb refuses as if it did not exist (the usual case);
 * - a function: the verb answers, and the function asserts that the answer holds nothing of the first organisation;
 * - `names nothing`: the input holds no id at all, which is checked; the verb works inside its own organisation only.
 */
export type Foreign<O> = 'not-found' | 'names nothing' | ((answer: O) => void)

type Cases<O> = {
  /** Makes what the input names, in the organisation given, and returns the input. The verb's own schema checks it. */
  input: (owner: TestOrganisation) => unknown
  foreign?: Foreign<O>
  /** Who of the other organisation asks, where only a member may; absent: its system, with every permission. */
  asker?: (stranger: TestOrganisation) => Promise<Context>
}

const ID = /"[a-z_]+_[0-7][0-9a-hjkmnp-tv-z]{25}"/

/**
 * The two cases every verb must pass: an actor without the permission is refused and changes nothing; an actor of
 * another organisation cannot see, change or detect what the input names. The architecture tests look for this call.
 */
export function standingCases<S extends z.ZodType, O>(verb: Verb<S, O>, cases: Cases<O>): void {
  describe(`${verb.verb}: standing cases`, () => {
    it('without permission', () => expectPermissionNeeded(verb, cases))
    it('other organisation', () => expectOtherOrganisationBlind(verb, cases))
  })
}

/** Lets a function that wraps a verb (because it does more around it) stand in for it in `standingCases`. */
export function asVerb<O>(
  wrapper: (ctx: Context, input: never) => Promise<O>,
  { name, permission }: { name: string; permission: Permission },
): Verb<z.ZodAny, O> {
  return Object.assign((ctx: Context, input: unknown) => wrapper(ctx, input as never), { verb: name, permission, kind: 'command' as const })
}

/** Fails unless an actor without any permission is refused and nothing changed. */
export async function expectPermissionNeeded<S extends z.ZodType, O>(verb: Verb<S, O>, { input }: Cases<O>): Promise<void> {
  const owner = await anOrganisation()
  const asked = (await input(owner)) as z.input<S>
  const before = await rowsOf(owner)
  const refusal: unknown = await verb(owner.withKey(), asked).catch((error: unknown) => error)
  expect(isRefusal(refusal, 'not-allowed'), `expected not-allowed, got ${String(refusal)}`).toBe(true)
  expect(await rowsOf(owner), 'a refused verb changes nothing').toEqual(before)
}

/** Fails unless another organisation, with every permission, sees and changes nothing of what the input names. */
export async function expectOtherOrganisationBlind<S extends z.ZodType, O>(verb: Verb<S, O>, { input, foreign = 'not-found', asker }: Cases<O>): Promise<void> {
  const owner = await anOrganisation()
  const stranger = await anOrganisation({ name: 'Stranger' })
  const asked = (await input(owner)) as z.input<S>
  const before = await rowsOf(owner)
  if (foreign === 'names nothing') expect(JSON.stringify(asked) ?? '', 'the input names something').not.toMatch(ID)
  const answer = verb(asker === undefined ? stranger.system : await asker(stranger), asked)
  if (foreign === 'not-found') {
    const refusal: unknown = await answer.catch((error: unknown) => error)
    expect(isRefusal(refusal, 'not-found'), `expected not-found, got ${String(refusal)}`).toBe(true)
  } else {
    const seen = await answer
    if (typeof foreign === 'function') foreign(seen)
  }
  expect(await rowsOf(owner), 'rows of the other organisation stay as they were').toEqual(before)
}

/** How many rows an organisation has in every table that names one, and a digest of them. */
export async function rowsOf({ orgId }: Pick<TestOrganisation, 'orgId'>): Promise<Record<string, string>> {
  return asSuperuser(async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
    const digests: Record<string, string> = {}
    for (const { name } of tables) {
      const [row] = await tx.execute<{ digest: string }>(sql`
        select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
        from ${sql.identifier(name)} t where org_id = (select ${toUuid(orgId)}::uuid)`)
      digests[name] = row?.digest ?? ''
    }
    return digests
  })
}
