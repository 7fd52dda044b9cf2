import { and, desc, eq } from 'drizzle-orm'
import { normalizeEmail } from '~/lib/email'
import { normalizePhone } from '~/lib/phone'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadChanges, sources } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { dayIn, useUp } from '../people'
import type { LeadListRow } from '../leads'
import { KnownContact } from './contract'
import { knownContact } from './known-contact'

/** Questions a member may ask in a day of the organisation; who types leads in all day asks some hundred. */
export const clashCap = 500

/**
 * Whom a lead about to be typed in clashes with. `lead` names it with its owner and since when where the actor sees it;
 * `open` says no more than that somebody has one.
 */
export type Clash = { by: 'person' | 'company'; open: boolean; lead: { id: Id<'lead'>; name: string; owner: string | null; since: Date } | null }

/**
 * Looks whether a number, an address or a company is known, while it is typed. Half a number is not looked up; every
 * answer is counted and every find is logged, so that it is no way to look numbers up. Refuses: too-many (500 a day).
 */
export const checkClash = command({
  name: 'lead.check-clash',
  permission: 'leads:write',
  input: KnownContact,
  async run({ tx, ctx, input, audit }): Promise<Clash | null> {
    const asked = await whole(tx, input)
    if (asked === null) return null
    const memberId = memberOf(ctx.actor)
    if (memberId !== null) {
      const used = await useUp(tx, ctx, { memberId, day: (await dayIn(tx, ctx)).day, kind: 'clash', amount: 1, cap: clashCap })
      if (used === null) throw new DomainError('too-many', { params: { retryAfter: 3600 } })
    }
    const known = await knownContact(ctx, asked)
    if (known === null) return null
    await audit(known.lead?.id ?? ctx.orgId, { after: { kind: known.by, phone: asked.phone, email: asked.email, company: asked.company } })
    return { by: known.by, open: known.hasLead, lead: known.lead === null ? null : await told(tx, known.lead) }
  },
})

/** What of the input is complete: a number that exists, an address, a name of three letters or two Chinese characters. */
async function whole(tx: Tx, { phone, email, company }: { phone: string; email: string; company: string }): Promise<{ phone: string; email: string; company: string } | null> {
  const [manual] = await tx.select({ country: sources.defaultCountry }).from(sources).where(eq(sources.connector, 'manual')).limit(1)
  const asked = {
    phone: normalizePhone(phone, manual?.country ?? 'CN') === null ? '' : phone, email: normalizeEmail(email) === null ? '' : email,
    company: [...company].length >= 3 || /[\u4e00-\u9fff]{2}/u.test(company) ? company : '',
  }
  return asked.phone === '' && asked.email === '' && asked.company === '' ? null : asked
}

async function told(tx: Tx, lead: LeadListRow): Promise<Clash['lead']> {
  const [change] = await tx.select({ at: leadChanges.at }).from(leadChanges)
    .where(and(eq(leadChanges.leadId, lead.id), eq(leadChanges.kind, 'owner'))).orderBy(desc(leadChanges.id)).limit(1)
  return { id: lead.id, name: lead.company?.name ?? lead.person?.name ?? '', owner: lead.owner?.name ?? null, since: change?.at ?? lead.cameInAt }
}
