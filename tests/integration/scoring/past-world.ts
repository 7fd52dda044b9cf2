import { newId, type Id } from '~/lib/ids'
import { seeded } from '~/lib/seeded'
import { channels, companies, fieldDefinitions, identities, inquiries, leadFieldValues, leadPeople, leads, leadStages, people, productLines, sources } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'

const DAY = 86_400_000
type Member = { at: number; leadId: Id<'lead'>; isLarge: boolean; isFair: boolean; isWon: boolean; cameInAt: Date }
export type PastWorld = { fair: Id<'ch'>; ads: Id<'ch'>; contractId: Id<'cf'>; dutyId: Id<'cf'>; leads: Member[] }
type More = { leads?: number; /** days before noon of the first and the last lead */ from?: number; to?: number; open?: number; contracts?: boolean; chance?: (isLarge: boolean, isFair: boolean) => number; imported?: boolean }

/**
 * Leads with a history, the same at every run: half of large companies, half by a fair; large ones by a fair are won most, small ones by ads least.
 * With `contracts` a field is filled in for whoever was won, on the day they were. `open` leads came in during the last ten days.
 */
export async function aPast({ orgId }: Pick<TestOrganisation, 'orgId'>, { leads: count = 400, from = 300, to = 100, open = 20, contracts = false, imported = false, chance = likely }: More = {}): Promise<PastWorld> {
  const random = seeded(7)
  const [fair, ads, sourceId, productLineId, contractId, dutyId] = [newId('ch'), newId('ch'), newId('src'), newId('pl'), newId('cf'), newId('cf')]
  const all = Array.from({ length: count + open }, (_, at): Member => {
    const isOpen = at >= count
    const [isLarge, isFair] = [random() < 0.5, random() < 0.5]
    const back = isOpen ? 1 + (at - count) % 10 : from - ((from - to) * at) / Math.max(count - 1, 1)
    return { at, leadId: newId('lead'), isLarge, isFair, isWon: !isOpen && random() < chance(isLarge, isFair), cameInAt: new Date(NOON.getTime() - back * DAY) }
  })
  await asSuperuser(async (tx) => {
    const named = { createdAt: NOON }
    await tx.insert(channels).values([{ orgId, id: fair, kind: 'event', name: 'Fair', key: 'fair', ...named }, { orgId, id: ads, kind: 'paid', name: 'Ads', key: 'ads', ...named }])
    await tx.insert(productLines).values({ orgId, id: productLineId, name: 'Line', key: 'line', ...named })
    await tx.insert(sources).values({ orgId, id: sourceId, connector: 'manual', name: 'By hand', key: sourceId, channelId: fair, leadRule: 'always', defaultCountry: 'CN', settings: {}, status: 'active', ...named })
    await tx.insert(fieldDefinitions).values([
      { orgId, id: contractId, key: 'contract', kind: 'text', labelEn: 'Contract', labelZh: '合同号', choices: [], position: 1, ...named },
      { orgId, id: dutyId, key: 'duty', kind: 'choice', labelEn: 'Duty', labelZh: '工况', choices: [{ key: 'dry', en: 'Dry', zh: '干' }, { key: 'wet', en: 'Wet', zh: '湿' }], position: 2, ...named },
    ])
    const rows = all.map((each) => ({ ...each, companyId: newId('co'), personId: newId('per') }))
    for (let start = 0; start < rows.length; start += 500) {
      const part = rows.slice(start, start + 500)
      await tx.insert(companies).values(part.map(({ at, companyId, isLarge, cameInAt }) => ({ orgId, id: companyId, name: `Company ${at}`, key: companyId, tokens: [], employees: isLarge ? 600 : 20, country: 'CN', createdAt: cameInAt })))
      await tx.insert(people).values(part.map(({ at, personId, cameInAt }) => ({ orgId, id: personId, name: `Person ${at}`, tokens: [], createdAt: cameInAt })))
      await tx.insert(identities).values(part.map(({ personId, cameInAt }) => ({ orgId, kind: 'phone' as const, value: personId, personId, shown: personId, createdAt: cameInAt })))
      await tx.insert(leads).values(part.map(({ leadId, companyId, personId, isFair, isWon, cameInAt }) => ({ orgId, id: leadId, productLineId, companyId, personId, sourceId, channelId: isFair ? fair : ads, cameInAt, isOpen: !isWon, isImported: imported, poolId: null, ownerId: null, createdAt: cameInAt }))
        .map((row) => ({ ...row, isOpen: false })))
      await tx.insert(leadStages).values(part.map(({ leadId, isWon, cameInAt }) => ({ orgId, leadId, stage: isWon ? ('won' as const) : ('inquiry' as const), enteredAt: cameInAt, wonAt: isWon ? new Date(cameInAt.getTime() + 20 * DAY) : null })))
      await tx.insert(leadPeople).values(part.map(({ leadId, personId, cameInAt }) => ({ orgId, leadId, personId, role: 'contact' as const, addedAt: cameInAt })))
      await tx.insert(inquiries).values(part.map(({ leadId, companyId, personId, isFair, cameInAt }) => ({ orgId, id: newId('inq'), sourceId, externalId: leadId, leadId, personId, companyId, channelId: isFair ? fair : ads, isRepeat: false, at: cameInAt, recordedAt: cameInAt })))
      const filled = contracts ? part.filter(({ isWon }) => isWon) : []
      if (filled.length > 0) await tx.insert(leadFieldValues).values(filled.map(({ leadId, at, cameInAt }) => ({ orgId, leadId, fieldId: contractId, text: `C-${at}`, updatedAt: new Date(cameInAt.getTime() + 20 * DAY) })))
    }
  })
  return { fair, ads, contractId, dutyId, leads: all }
}

const likely = (isLarge: boolean, isFair: boolean): number => (isLarge ? 0.35 : 0.1) + (isFair ? 0.25 : 0)
