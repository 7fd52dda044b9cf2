import { and, eq, ne } from 'drizzle-orm'
import * as z from 'zod'
import { companies } from '~db/schema'
import { command, DomainError } from '../kernel'
import { idOf } from '../kernel/contract'

/** Says whether a company is a customer, where a win or its undoing made it so. Saying it twice changes nothing. Refuses: not-found. */
export const markCustomer = command({
  name: 'company.mark-customer',
  permission: 'leads:write',
  input: z.object({ companyId: idOf('co'), isCustomer: z.boolean() }),
  async run({ tx, input: { companyId, isCustomer }, emit, audit }): Promise<{ changed: boolean }> {
    const [known] = await tx.select({ id: companies.id }).from(companies).where(eq(companies.id, companyId))
    if (known === undefined) throw new DomainError('not-found')
    const changed = await tx.update(companies).set({ isCustomer }).where(and(eq(companies.id, companyId), ne(companies.isCustomer, isCustomer))).returning({ id: companies.id })
    if (changed.length > 0) {
      await audit(companyId, { before: { status: !isCustomer }, after: { status: isCustomer } })
      await emit('company.changed', { companyId })
    }
    return { changed: changed.length > 0 }
  },
})
