import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { maskedMobile, normalizePhone } from '~/lib/phone'
import type { Tx } from '~db/client.server'
import { contactHints } from '~db/schema'
import { command, DomainError, type Context, type Emit } from '../../kernel'
import { idOf } from '../../kernel/contract'
import type { HintKind } from '../vocabulary'
import { thresholdsOf } from './match-settings'
import { weighCandidates, type Asked, type Doubted, type FoundMatch } from './weigh-candidates'

type InTx = Context & { tx: Tx }
type Said = { person_id: string | null; numbers: string[]; country: string; at: string }
type Hint = { kind: HintKind; value: string }

const DAY = 86_400_000
/** A masked number says less with every new customer. */
const HINT_DAYS: Record<HintKind, number> = { masked: 180, doubted: 365 }

/**
 * Matches the person of an inquiry that came in. Numbers that are no keys (masked, lent, or somebody else's who has
 * another name) are kept as hints until they expire; whose number it was goes to review. Refuses `not-found`.
 */
export const matchInquiry = command({
  name: 'match.inquiry',
  permission: 'leads:write',
  input: z.object({ inquiryId: idOf('inq') }),
  run: ({ ctx, input: { inquiryId }, emit }): Promise<FoundMatch[]> => matchAll(ctx, emit, [inquiryId]),
})

/** The same for up to 200 inquiries in one transaction: all of them, or none where one is of nobody here (`not-found`). */
export const matchInquiries = command({
  name: 'match.inquiries',
  permission: 'leads:write',
  input: z.object({ inquiryIds: z.array(idOf('inq')).min(1).max(200) }),
  run: ({ ctx, input: { inquiryIds }, emit }): Promise<FoundMatch[]> => matchAll(ctx, emit, inquiryIds),
})

async function matchAll(ctx: InTx, emit: Emit, inquiryIds: readonly Id<'inq'>[]): Promise<FoundMatch[]> {
  const all = await load(ctx.tx, ctx, inquiryIds)
  if (all.length < new Set(inquiryIds).size) throw new DomainError('not-found')
  const people: Asked[] = []
  for (const asked of all) if (asked.person_id !== null) people.push(await askedOf(ctx, asked, fromUuid('per', asked.person_id)))
  return weighCandidates(ctx, emit, people)
}

async function askedOf(ctx: InTx, asked: Said, personId: Id<'per'>): Promise<Asked> {
  const doubted: Doubted[] = []
  for (const number of asked.numbers) {
    const holder = await holderOf(ctx, number, asked, personId)
    const hint = hintOf(number, asked.country, holder !== null)
    if (hint !== null) await keepHint(ctx, personId, hint)
    if (holder !== null) doubted.push(holder)
  }
  return { personId, doubted }
}

async function load(tx: Tx, { orgId }: Context, inquiryIds: readonly Id<'inq'>[]): Promise<readonly Said[]> {
  return tx.execute<Said>(sql`
    select coalesce(p.canonical_id, p.id) as person_id, q.at::text as at, coalesce(p.country, s.default_country) as country,
      array(select a->>'answer' from jsonb_array_elements(d.answers) a where a->>'question' = 'phone') as numbers
    from inquiries q join sources s on s.org_id = q.org_id and s.id = q.source_id
    left join people p on p.org_id = q.org_id and p.id = q.person_id
    left join inquiry_details d on d.org_id = q.org_id and d.inquiry_id = q.id
    where q.org_id = ${toUuid(orgId)} and q.id = any (${`{${inquiryIds.map(toUuid).join(',')}}`}::uuid[]) order by q.id`)
}

function hintOf(number: string, country: string, isHeld: boolean): Hint | null {
  const mask = maskedMobile(number)
  if (mask !== null) return { kind: 'masked', value: `+86${mask.head}****${mask.tail}` }
  const phone = normalizePhone(number, country)
  if (phone === null) return null
  if (isHeld) return { kind: 'doubted', value: phone.e164 }
  return null
}

// Intake left this number out because its holder has another name; how long the holder was silent says why that may be.
async function holderOf({ tx, orgId }: InTx, number: string, { country, at }: Said, personId: Id<'per'>): Promise<Doubted | null> {
  const phone = normalizePhone(number, country)
  if (phone === null) return null
  const [held] = await tx.execute<{ id: string; silent: number | null }>(sql`
    select coalesce(p.canonical_id, p.id) as id,
      (select extract(epoch from ${at}::timestamptz - max(t.at)) / ${DAY / 1000} from touches t where t.org_id = i.org_id and t.person_id = i.person_id and t.at < ${at}::timestamptz)::float8 as silent
    from identities i join people p on p.org_id = i.org_id and p.id = i.person_id
    where i.org_id = ${toUuid(orgId)} and i.kind = 'phone' and i.value = ${phone.e164}`)
  if (held === undefined || held.id === toUuid(personId)) return null
  const { silentMonths } = await thresholdsOf(tx, orgId)
  return { personId: fromUuid('per', held.id), reason: (held.silent ?? 0) > silentMonths * DAYS_A_MONTH ? 'silent-number' : 'other-name' }
}

const DAYS_A_MONTH = 30.44

async function keepHint({ tx, orgId, now }: InTx, personId: Id<'per'>, { kind, value }: Hint): Promise<void> {
  const expiresAt = new Date(now.getTime() + HINT_DAYS[kind] * DAY)
  await tx.insert(contactHints).values({ orgId, personId, kind, value, createdAt: now, expiresAt })
    .onConflictDoUpdate({ target: [contactHints.orgId, contactHints.personId, contactHints.kind, contactHints.value], set: { expiresAt } })
}
