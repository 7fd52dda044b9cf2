import { and, eq } from 'drizzle-orm'
import { companyKey } from '~/lib/company-name'
import { searchTokens } from '~/lib/search-tokens'
import { companies } from '~db/schema'
import { command } from '../kernel'
import { UpdateCompany } from './contract'
import { openCompany } from './open-rows'

/** Corrects a company's name, industry and city; empty means none. Under the new name it is found again. Refuses `not-found`. */
export const updateCompany = command({
  name: 'company.update',
  permission: 'leads:write',
  input: UpdateCompany,
  async run({ tx, ctx, input: { companyId, name, industry, city }, emit, audit }): Promise<void> {
    const before = await openCompany(tx, ctx, companyId)
    const after = { name, industry: industry === '' ? null : industry, city: city === '' ? null : city }
    await tx.update(companies).set({ ...after, key: companyKey(name), tokens: searchTokens(name, before.domain) })
      .where(and(eq(companies.orgId, ctx.orgId), eq(companies.id, before.id)))
    if (before.industry !== after.industry) await emit('company.changed', { companyId: before.id })
    await audit(before.id, { before: { name: before.name, industry: before.industry, city: before.city }, after })
  },
})
