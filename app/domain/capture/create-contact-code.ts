import { and, eq, isNull } from 'drizzle-orm'
import { randomToken } from '~/platform/crypto'
import { contactCodes, leads, sources } from '~db/schema'
import { command, DomainError, memberOf } from '../kernel'
import { visibleLeads } from '../leads'
import { CreateContactCode } from './contract'

// WeCom takes at most 30 characters of State.
const CODE_BYTES = 15

/**
 * A code by which whoever adds us on WeChat is known as this lead's person: the `state` of a contact-me code. Asked
 * again by the same member while unused, it is the same one. Refuses `not-found` for a lead that is not theirs to see
 * and a source that brings no codes back.
 */
export const createContactCode = command({
  name: 'contact-code.create',
  permission: 'leads:write',
  input: CreateContactCode,
  async run({ tx, ctx, input: { leadId, sourceId }, audit }): Promise<{ code: string }> {
    const [lead] = await tx.select({ id: leads.id }).from(leads).where(and(eq(leads.orgId, ctx.orgId), eq(leads.id, leadId), visibleLeads(ctx)))
    const [source] = await tx.select({ connector: sources.connector }).from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    if (lead === undefined || source?.connector !== 'wecom') throw new DomainError('not-found')
    const memberId = memberOf(ctx.actor)
    const [there] = await tx.select({ code: contactCodes.code }).from(contactCodes).where(and(
      eq(contactCodes.orgId, ctx.orgId), eq(contactCodes.leadId, leadId), eq(contactCodes.sourceId, sourceId), isNull(contactCodes.usedAt),
      memberId === null ? isNull(contactCodes.memberId) : eq(contactCodes.memberId, memberId)))
    if (there !== undefined) return there
    const code = `lead-${randomToken(CODE_BYTES)}`
    await tx.insert(contactCodes).values({ orgId: ctx.orgId, code, leadId, sourceId, memberId, createdAt: ctx.now })
    await audit(leadId, { after: { sourceId, code } })
    return { code }
  },
})
