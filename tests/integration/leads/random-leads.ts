import { newId, type Id } from '~/lib/ids'
import { companies, leads, leadStages } from '~db/schema'
import { NOON } from '~tests/support/organisations'

export type RandomLead = {
  id: Id<'lead'>; companyId: Id<'co'>; stage: 'inquiry' | 'qualified' | 'graded' | 'won' | 'lost'; verdict: 'valid' | 'junk'; ownerId: Id<'mem'> | null; teamId: Id<'team'> | null
  grade: 'A' | 'B' | 'C' | 'D' | null; country: string | null; ofCustomer: boolean; snoozedUntil: Date | null; firstResponseAt: Date | null; lastContactAt: Date | null; nextStepAt: Date | null
  cameInAt: Date; wonAt: Date | null; amount: bigint | null; currency: string | null; channelId: Id<'ch'> | null
}
type World = { sourceId: Id<'src'>; productLineId: Id<'pl'>; channelId: Id<'ch'>; owners: Id<'mem'>[]; teamId: Id<'team'> }

/** Numbers and leads that one seed decides (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (most: number) => Math.floor(next() * (most + 1))
  const of = <T>(list: readonly T[]): T => list[upTo(list.length - 1)] as T
  const some = <T>(list: readonly T[]): T[] => { const found = list.filter(() => next() < 0.4); return found.length === 0 ? [of(list)] : found }
  const maybe = <T>(chance: number, make: () => T): T | null => (next() < chance ? make() : null)
  // Whole minutes from 40 days before to 10 days after noon.
  const moment = (from: number, to: number) => new Date(NOON.getTime() + Math.round((from + next() * (to - from)) * 1440) * 60_000)
  const lead = (world: World): RandomLead => {
    const owner = maybe(0.7, () => upTo(1))
    const stage = of(['inquiry', 'inquiry', 'qualified', 'graded', 'won', 'lost'] as const)
    const amount = maybe(0.5, () => BigInt(upTo(200_000) * 100))
    const cameInAt = moment(-40, 0)
    return {
      id: newId('lead'), companyId: newId('co'), stage, verdict: next() < 0.8 ? 'valid' : 'junk', ownerId: owner === null ? null : (world.owners[owner] ?? null), teamId: owner === 0 ? world.teamId : null,
      grade: maybe(0.5, () => of(['A', 'B', 'C', 'D'] as const)), country: maybe(0.8, () => of(['CN', 'DE', 'FR', 'US'])), ofCustomer: next() < 0.2, snoozedUntil: maybe(0.3, () => moment(-5, 5)),
      firstResponseAt: maybe(0.6, () => new Date(cameInAt.getTime() + upTo(1500) * 60_000)), lastContactAt: maybe(0.6, () => moment(-30, 0)), nextStepAt: maybe(0.5, () => moment(-5, 10)),
      cameInAt, wonAt: stage === 'won' ? moment(-40, 0) : null, amount, currency: amount === null ? null : of(['CNY', 'EUR']), channelId: maybe(0.7, () => world.channelId),
    }
  }
  return {
    upTo, of, some,
    leads: async (count: number, world: World) => Array.from({ length: count }, () => lead(world)),
    /** Rows by table, in an order that keys allow. */
    rows: (orgId: Id<'org'>, { sourceId, productLineId }: Pick<World, 'sourceId' | 'productLineId'>, known: readonly RandomLead[]): [unknown, object[]][] => [
      [companies, known.map((each) => ({ orgId, id: each.companyId, name: 'A company', key: each.companyId, country: each.country, tokens: [], createdAt: NOON }))],
      [leads, known.map(({ stage: _stage, teamId: _team, grade: _grade, country: _country, wonAt: _won, amount: _amount, currency: _currency, ...each }) => ({ ...each, orgId, sourceId, productLineId, isOpen: false, createdAt: NOON }))],
      [leadStages, known.map((each) => ({ orgId, leadId: each.id, stage: each.stage, enteredAt: each.cameInAt, grade: each.grade, wonAt: each.wonAt, expectedAmount: each.amount, expectedCurrency: each.currency }))],
    ],
  }
}
