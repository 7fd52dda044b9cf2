import { eq } from 'drizzle-orm'
import { command } from '~/domain/kernel'
import { organisations } from '~db/schema/orgs'
import { UpdateOrganisation } from './contract'
import { lockOrganisation } from './organisation-of'

/** Changes name, language, time zone and currency of the organisation; amounts already kept stay in theirs. */
export const updateOrganisation = command({
  name: 'organisation.update',
  permission: 'settings:write',
  input: UpdateOrganisation,
  async run({ tx, ctx, input, audit }) {
    const before = await lockOrganisation(tx, ctx)
    await tx.update(organisations).set(input).where(eq(organisations.orgId, ctx.orgId))
    const { name, currency, timeZone, locale } = before
    await audit(ctx.orgId, { before: { name, currency, timeZone, locale }, after: input })
    return { ...before, ...input }
  },
})
