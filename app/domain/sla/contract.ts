import * as z from 'zod'
import { channelKinds } from '../channels/vocabulary'
import { currencyCode, idOf, line, moment, nothing, requiredLine } from '../kernel/contract'
import { stages } from '../leads/vocabulary'
import { cells } from '../scoring/vocabulary'
import { breachActs, calendarChoices, countings, nextTurns } from './vocabulary'

const mostMinutes = 60 * 24 * 60
const minutes = z.coerce.number({ error: 'not-a-number' }).int('not-a-number').min(1, 'too-small').max(mostMinutes, 'too-large')
const blank = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => null), z.null(), schema]).optional().transform((value) => value ?? null)
/** One value or many, as forms and addresses send them. */
const many = <S extends z.ZodType>(schema: S) =>
  z.union([z.literal('').transform(() => []), z.array(schema).max(200), schema.transform((one) => [one])]).optional().transform((list): z.output<S>[] => list ?? [])

/** Which leads a policy is for: all of what is said must hold; an empty list leaves it open. */
export const Conditions = z.object({
  channelKinds: many(z.enum(channelKinds)),
  channels: many(idOf('ch')),
  sources: many(idOf('src')),
  productLines: many(idOf('pl')),
  stages: many(z.enum(stages)),
  /** where a lead stands by its score; a policy that names cells fits no lead without one */
  cells: many(z.coerce.number().refine((cell) => (cells as readonly number[]).includes(cell))),
  ofCustomer: blank(z.enum(['yes', 'no'], 'choice')),
  /** expected or won amount in whole units of `currency`; leads without an amount do not reach it */
  amountFrom: blank(z.coerce.number({ error: 'not-a-number' }).min(0).max(1e12)),
  currency: blank(currencyCode),
})
export type Conditions = z.output<typeof Conditions>

/** A promise. Minutes are working or calendar minutes as `counting` says; without `nextMinutes` only the first turn has a clock. */
export const PolicyTerms = Conditions.extend({
  name: requiredLine(80),
  firstMinutes: minutes,
  nextMinutes: blank(minutes),
  nextAfter: z.enum(nextTurns, 'choice').default('inbound'),
  counting: z.enum(countings, 'choice').default('working'),
  calendar: z.enum(calendarChoices, 'choice').default('organisation'),
  atBreach: z.enum(breachActs, 'choice').default('notify'),
})
export type PolicyTerms = z.output<typeof PolicyTerms>

const policyId = idOf('slp')
export const CreatePolicy = PolicyTerms
/** `applyToRunning`: clocks that run get their due times anew; otherwise they keep the version they began with. */
export const ChangePolicy = PolicyTerms.extend({ policyId, version: z.coerce.number().int().optional(), applyToRunning: z.coerce.boolean().default(false) })
export const OnePolicy = z.object({ policyId })
export const OrderPolicy = z.object({ policyId, direction: z.enum(['up', 'down'], 'choice') })
export const PreviewPolicy = PolicyTerms.omit({ name: true }).extend({ name: line(80).default('') })
export type PreviewTerms = z.output<typeof PreviewPolicy>
export const ClocksOf = z.object({ leadIds: z.array(idOf('lead')).max(1_000), at: moment.optional() })
export const Nothing = nothing
