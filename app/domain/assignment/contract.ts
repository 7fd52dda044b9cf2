import * as z from 'zod'
import { idOf, line, localDay, requiredLine } from '../kernel/contract'
import { channelKinds } from '../channels/vocabulary'
import { handoverWays } from './vocabulary'

const some = <T extends z.ZodType>(item: T) => z.array(item).max(500).optional()
const words = some(line(80))
const skills = z.array(requiredLine(40)).max(50).default([])
const weight = z.number().int().min(1).max(100).default(1)

/** Every condition that is there must hold; of a list, one of its values. */
export const RuleConditions = z.object({
  channelKinds: some(z.enum(channelKinds)),
  channels: some(idOf('ch')), sources: some(idOf('src')), campaigns: some(idOf('cmp')), productLines: some(idOf('pl')),
  countries: words, regions: words, cities: words, languages: words, industries: words,
  employeesFrom: z.number().int().min(0).optional(), employeesTo: z.number().int().min(0).optional(),
  ofCustomer: z.boolean().optional(),
  /** names or domains of companies */
  accounts: some(requiredLine(200)),
})
export type RuleConditions = z.output<typeof RuleConditions>

export const RuleTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member'), memberId: idOf('mem') }),
  z.object({ kind: z.literal('members'), members: z.array(z.object({ memberId: idOf('mem'), weight })).min(1).max(200) }),
  z.object({ kind: z.literal('team'), teamId: idOf('team'), weights: z.record(idOf('mem'), weight).default({}) }),
  z.object({ kind: z.literal('pool'), poolId: idOf('pool') }),
])
export type RuleTarget = z.output<typeof RuleTarget>

/** `key` stays through every version: turns are kept under it. */
export const AssignmentRule = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'not-a-key'),
  name: requiredLine(80),
  isOn: z.boolean().default(true),
  when: RuleConditions.default({}),
  to: RuleTarget,
  /** passes over whoever is outside working hours; leave is always passed over */
  keepsHours: z.boolean().default(false),
  matchesLanguage: z.boolean().default(false),
  skills,
})
export type AssignmentRule = z.output<typeof AssignmentRule>

export const RuleSet = z.object({
  rules: z.array(AssignmentRule).max(200).refine((rules) => new Set(rules.map(({ key }) => key)).size === rules.length, 'taken').default([]),
  /** companies by name or domain that always belong to somebody */
  named: z.array(z.object({ account: requiredLine(200), memberId: idOf('mem') })).max(2000).default([]),
  keepsCompanyOwner: z.boolean().default(true),
  keepsCustomerOwner: z.boolean().default(true),
})
export type RuleSet = z.output<typeof RuleSet>
export const noRules: RuleSet = { rules: [], named: [], keepsCompanyOwner: true, keepsCustomerOwner: true }

export const SaveDraft = z.object({ rules: RuleSet })
export const PublishDraft = z.object({ draftId: idOf('ars') })
export const AssignLeads = z.object({ arrivals: z.array(z.object({ leadId: idOf('lead'), eventKey: z.string().min(1).max(100) })).min(1).max(100) })
export const LeadReceipts = z.object({ leadId: idOf('lead') })
export const MemberTerms = z.object({
  memberId: idOf('mem'),
  openCap: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: 'not-a-number' }).int('not-a-number').min(0, 'too-small').max(100_000, 'too-large').nullable()),
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).max(20).default([]),
  skills,
  takesLeads: z.boolean().default(true),
})
export const Simulation = z.object({ from: localDay.optional(), to: localDay.optional() })
export const MemberToHandOver = z.object({ memberId: idOf('mem') })
export const HandoverPlan = z.object({
  memberId: idOf('mem'),
  way: z.enum(handoverWays),
  toMember: idOf('mem').optional(),
  shares: z.array(z.object({ memberId: idOf('mem'), weight })).max(200).default([]),
  poolId: idOf('pool').optional(),
})
export const HandoverId = z.object({ handoverId: idOf('hov') })
