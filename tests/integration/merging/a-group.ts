import { sql } from 'drizzle-orm'
import { addNote, logContact } from '~/domain/leads'
import { newId, toUuid, type Id } from '~/lib/ids'
import { companyPhones, employments, identities, inquiries, inquiryDetails, leadPeople, leads, leadStages, people, revenueLines, stageMoves, touches } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'
import { aLead, type aWorld, type ALead } from '../leads/a-lead'

export type World = Awaited<ReturnType<typeof aWorld>>
// The log of merges and of owners, the audit, and the events that tell of them are what a split leaves behind.
const LEFT_BEHIND = ['audit_entries', 'merges', 'merge_images', 'merge_closings', 'merge_splits', 'ownership_changes', 'outbox', 'outbox_receipts']
// Whose queue a lead stands in is restored; what its place is worth is reckoned again within seconds, from the clock.
const RECKONED: Record<string, string> = { queue_items: 'org_id, lead_id, owner_id' }

/** Every row of every tenant table of an organisation, every column, by its key; but for what a split leaves behind. */
export async function everyRow({ orgId }: Pick<TestOrganisation, 'orgId'>): Promise<Record<string, string[]>> {
  return asSuperuser(async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
    const all: Record<string, string[]> = {}
    for (const { name } of tables) {
      if (LEFT_BEHIND.includes(name)) continue
      const rows = await tx.execute<{ row: string }>(sql`select row_to_json(t)::text as row from (select ${sql.raw(RECKONED[name] ?? '*')} from ${sql.identifier(name)}) t where org_id = ${toUuid(orgId)} order by 1`)
      all[name] = rows.map(({ row }) => row)
    }
    return all
  })
}

/** A lead with rows of every kind on it: inquiries, touches, activities, moves, revenue, employments, numbers of the company. */
export async function aFullLead(org: TestOrganisation, world: World, more: Parameters<typeof aLead>[1] = {}): Promise<ALead> {
  const lead = await aLead(org, { world, ...more })
  const { leadId, companyId, personId, sourceId, channelId, productLineId } = lead
  const owner = more.ownerId ?? null
  await asSuperuser(async (tx) => {
    for (const n of [1, 2]) {
      const inquiryId = newId('inq')
      const at = new Date(NOON.getTime() - n * 3_600_000)
      await tx.insert(inquiries).values({ orgId: org.orgId, id: inquiryId, sourceId, externalId: `${leadId}-${n}`, leadId, personId, companyId, channelId, isRepeat: n === 1, at, recordedAt: at })
      await tx.insert(inquiryDetails).values({ orgId: org.orgId, inquiryId, message: `Message ${n}`, answers: [], external: {}, clickIds: {}, utm: {} })
      await tx.insert(touches).values({ orgId: org.orgId, id: newId('tch'), personId, companyId, leadId, inquiryId, kind: 'form', verdict: 'human', sourceId, channelId, at, recordedAt: at })
    }
    await tx.insert(employments).values({ orgId: org.orgId, personId, companyId, title: 'Engineer', since: NOON }).onConflictDoNothing()
    await tx.insert(companyPhones).values({ orgId: org.orgId, companyId, value: `+8621${leadId.slice(-8)}`, shown: '021 5555 1234', createdAt: NOON })
    await tx.insert(identities).values({ orgId: org.orgId, kind: 'email', value: `${personId}@example.com`, personId, shown: 'someone@example.com', createdAt: NOON })
    await tx.insert(stageMoves).values({ orgId: org.orgId, id: newId('mov'), leadId, toStage: 'inquiry', at: NOON, actorKind: 'system', actorId: 'test', recordedAt: NOON })
    await tx.insert(revenueLines).values({ orgId: org.orgId, id: newId('rev'), leadId, companyId, productLineId, kind: 'received', amount: 100n, currency: 'CNY', taxBasis: 'net', at: NOON, recordedAt: NOON })
  })
  await logContact(org.system, { leadId, kind: 'call', outcome: 'no_answer', note: `Called ${owner ?? 'nobody'}` })
  await addNote(org.system, { leadId, note: 'A note' })
  return lead
}

/** Somebody without a company, with an open lead of their own. */
export async function aPersonalLead(org: TestOrganisation, world: World, more: { name?: string; ownerId?: Id<'mem'>; cameInAt?: Date } = {}): Promise<{ leadId: Id<'lead'>; personId: Id<'per'> }> {
  const [leadId, personId] = [newId('lead'), newId('per')]
  await asSuperuser(async (tx) => {
    await tx.insert(people).values({ orgId: org.orgId, id: personId, name: more.name ?? 'Sun Li', tokens: ['sun', 'li'], createdAt: NOON })
    await tx.insert(identities).values({ orgId: org.orgId, kind: 'phone', value: personId, personId, shown: '139 0000 0000', createdAt: NOON })
    await tx.insert(leads).values({
      orgId: org.orgId, id: leadId, productLineId: world.productLineId, personId, ownerId: more.ownerId ?? null, sourceId: world.sourceId, channelId: world.channelId,
      cameInAt: more.cameInAt ?? NOON, isOpen: true, createdAt: NOON,
    })
    await tx.insert(leadStages).values({ orgId: org.orgId, leadId, stage: 'inquiry', enteredAt: NOON })
    await tx.insert(leadPeople).values({ orgId: org.orgId, leadId, personId, role: 'contact', addedAt: NOON })
  })
  return { leadId, personId }
}

/** A lead's own row. */
export async function leadRow({ orgId }: Pick<TestOrganisation, 'orgId'>, leadId: Id<'lead'>): Promise<typeof leads.$inferSelect> {
  const [row] = await asSuperuser((tx) => tx.select().from(leads).where(sql`${leads.orgId} = ${toUuid(orgId)} and ${leads.id} = ${toUuid(leadId)}`))
  if (row === undefined) throw new Error('no such lead')
  return row
}

/** The refusal a verb answered with. */
export const refusalOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error))
