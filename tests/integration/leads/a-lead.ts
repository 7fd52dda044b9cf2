import { newId, type Id } from '~/lib/ids'
import { searchTokens } from '~/lib/search-tokens'
import { channels, companies, identities, leadPeople, leads, leadStages, people, productLines, sources } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'

type World = { sourceId: Id<'src'>; productLineId: Id<'pl'>; channelId: Id<'ch'> }
export type ALead = World & { leadId: Id<'lead'>; companyId: Id<'co'>; personId: Id<'per'> }
type More = Omit<Partial<typeof leads.$inferInsert>, 'stage'> & { world?: World; company?: string; person?: string; stage?: Partial<typeof leadStages.$inferInsert> }

/** A source on a channel and a product line: what a lead cannot be without. */
export async function aWorld({ orgId }: Pick<TestOrganisation, 'orgId'>, channel = 'Baidu'): Promise<World> {
  const world: World = { sourceId: newId('src'), productLineId: newId('pl'), channelId: newId('ch') }
  await asSuperuser(async (tx) => {
    await tx.insert(channels).values({ orgId, id: world.channelId, kind: 'paid', name: channel, key: channel.toLowerCase(), createdAt: NOON })
    await tx.insert(productLines).values({ orgId, id: world.productLineId, name: `Line of ${channel}`, key: world.productLineId, createdAt: NOON })
    await tx.insert(sources).values({
      orgId, id: world.sourceId, connector: 'manual', name: `By hand ${channel}`, key: world.sourceId, channelId: world.channelId, leadRule: 'always',
      defaultCountry: 'CN', settings: {}, status: 'active', createdAt: NOON,
    })
  })
  return world
}

/** An open lead of a company and its person, as ingest leaves it. */
export async function aLead(org: Pick<TestOrganisation, 'orgId'>, more: More = {}): Promise<ALead> {
  const { world, company = 'Hengtai', person = 'Chen Yuting', stage, ...row } = more
  const orgId = org.orgId
  const base = world ?? (await aWorld(org, `Channel ${newId('ch').slice(-6)}`))
  const ids = { leadId: newId('lead'), companyId: row.companyId ?? newId('co'), personId: newId('per') }
  await asSuperuser(async (tx) => {
    if (row.companyId === undefined) {
      await tx.insert(companies).values({ orgId, id: ids.companyId, name: company, key: ids.companyId, tokens: searchTokens(company), createdAt: NOON })
    }
    await tx.insert(people).values({ orgId, id: ids.personId, name: person, tokens: searchTokens(person), createdAt: NOON })
    await tx.insert(identities).values({ orgId, kind: 'phone', value: ids.personId, personId: ids.personId, shown: '138 0000 6027', createdAt: NOON })
    await tx.insert(leads).values({
      orgId, id: ids.leadId, productLineId: base.productLineId, companyId: ids.companyId, personId: ids.personId, sourceId: base.sourceId,
      channelId: base.channelId, cameInAt: NOON, isOpen: true, createdAt: NOON, ...row,
    })
    await tx.insert(leadStages).values({ orgId, leadId: ids.leadId, stage: 'inquiry', enteredAt: row.cameInAt ?? NOON, ...stage })
    await tx.insert(leadPeople).values({ orgId, leadId: ids.leadId, personId: ids.personId, role: 'contact', addedAt: NOON })
  })
  return { ...base, ...ids }
}

/** The same context some hours later. */
export const later = <C extends { now: Date }>(ctx: C, hours: number): C => ({ ...ctx, now: new Date(ctx.now.getTime() + hours * 3_600_000) })
