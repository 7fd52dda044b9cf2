import { command, DomainError, systemContext, type Context } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { env } from '~/platform/env'
import { organisations } from '~db/schema/orgs'
import { CreateOrganisation } from './contract'

/** A context in an organisation that does not exist yet; `job` is the command or page of the operator behind it. */
export const newOrganisationContext = (job: string, now: Date): Context => systemContext(newId('org'), job, now)

/**
 * Makes the organisation of the context: only the system, for an operator. Its first product line is the module of
 * leads' to make. Refuses `wrong-region` for data of another region than this installation's, `not-allowed`.
 * Making it twice changes nothing.
 */
export const createOrganisation = command({
  name: 'organisation.create',
  permission: 'settings:write',
  input: CreateOrganisation,
  async run({ tx, ctx, input, audit }) {
    if (ctx.actor.kind !== 'system') throw new DomainError('not-allowed')
    const { DATA_REGION, DEFAULT_CURRENCY, DEFAULT_LOCALE } = env()
    const dataRegion = input.dataRegion ?? DATA_REGION
    if (dataRegion !== DATA_REGION) throw new DomainError('wrong-region', { params: { region: DATA_REGION } })
    const locale = input.locale ?? DEFAULT_LOCALE
    const row = {
      orgId: ctx.orgId, name: input.name, locale, timeZone: input.timeZone ?? (locale === 'zh-CN' ? 'Asia/Shanghai' : 'UTC'),
      currency: input.currency ?? DEFAULT_CURRENCY, dataRegion, isDemo: input.isDemo ?? false, createdAt: ctx.now,
    }
    const made = await tx.insert(organisations).values(row).onConflictDoNothing().returning({ orgId: organisations.orgId })
    if (made.length === 0) return { orgId: ctx.orgId }
    await audit(ctx.orgId, { after: { name: row.name, currency: row.currency, timeZone: row.timeZone, locale: row.locale } })
    return { orgId: ctx.orgId }
  },
})
