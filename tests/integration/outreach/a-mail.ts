import { sql } from 'drizzle-orm'
import { memberOf, type Context } from '~/domain/kernel'
import { sendLeadMail, sendMail } from '~/domain/outreach'
import { identityKey } from '~/domain/people/contacts/reach'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { normalizeEmail } from '~/lib/email'
import { keptMails } from '~/platform/mail'
import { identities } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { rowsIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import type { TestOrganisation } from '~tests/support/organisations'

type Reached = { leadId: Id<'lead'>; personId: Id<'per'>; address: string; to: string }

/** Gives a person an address; answers the name under which it is chosen. */
export async function anAddress({ orgId }: Pick<TestOrganisation, 'orgId'>, personId: Id<'per'>, address = `${personId.slice(-10)}@corp.example`): Promise<{ address: string; to: string }> {
  const read = normalizeEmail(address)
  if (read === null) throw new Error('not an address')
  await asSuperuser((tx) => tx.insert(identities).values({ orgId, kind: 'email', value: read.key, personId, shown: read.address, createdAt: new Date('2024-05-01T00:00:00Z') }))
  return { address: read.address, to: identityKey(orgId, 'email', read.key) }
}

/** A lead of this member with a person who can be written to. */
export async function aMailableLead(org: TestOrganisation, owner: Context | null, more: Parameters<typeof aLead>[1] & { address?: string } = {}): Promise<Reached> {
  const { address, ...rest } = more
  const { leadId, personId } = await aLead(org, { ownerId: owner === null ? null : memberOf(owner.actor), ...rest })
  return { leadId, personId, ...(await anAddress(org, personId, address)) }
}

/** A mail that was written just now. */
export async function anOrderedMail(rep: Context, { leadId, personId, to }: Reached, text: { subject?: string; body?: string } = {}) {
  return sendLeadMail(rep, { leadId, personId, to, subject: text.subject ?? 'Hello', body: text.body ?? 'Text of it' })
}

export const seconds = <C extends { now: Date }>(ctx: C, many: number): C => ({ ...ctx, now: new Date(ctx.now.getTime() + many * 1_000) })
/** What the worker does with a mail some seconds later. */
export const work = (org: TestOrganisation, mailId: Id<'mail'>, after = 11) => sendMail(seconds(org.system, after), { mailId })

type MailRow = { id: string; state: string; problem: string | null; attempts: number; maybe_sent: boolean; next_at: string | null; activity_id: string | null; address_key: string; token_hash: string; locale: string }
export const mailRow = async (org: TestOrganisation, mailId: Id<'mail'>): Promise<MailRow> => {
  const row = (await rowsIn<MailRow>(org, 'outreach_mails')).find(({ id }) => fromUuid('mail', id) === mailId)
  if (row === undefined) throw new Error('no such mail')
  return row
}
export const bodiesOf = (org: TestOrganisation) => rowsIn<{ mail_id: string; address: string; subject: string; body: string; token: string | null }>(org, 'outreach_mail_bodies')
/** Names of the events of this organisation, in order, with what they say. */
export async function eventsOf(org: TestOrganisation, noun: RegExp): Promise<{ name: string; payload: Record<string, unknown> }[]> {
  const rows = await asSuperuser((tx) => tx.execute<{ name: string; payload: Record<string, unknown> }>(sql`select name, payload from outbox where org_id = ${toUuid(org.orgId)} order by seq`))
  return rows.filter(({ name }) => noun.test(name)).map(({ name, payload }) => ({ name, payload }))
}
export const actionsOf = async (org: TestOrganisation): Promise<string[]> => (await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action)
/** Mails that were handed over to this address. */
export const sentTo = async (address: string) => (await keptMails(1_000)).filter(({ to }) => to.address === address)
export const tokenIn = (text: string): string => /\/u\/([\w-]{43})/.exec(text)?.[1] ?? ''
