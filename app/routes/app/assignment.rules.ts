import * as z from 'zod'
import { editDraft, withRule } from '~/domain/assignment'
import { AssignmentRule } from '~/domain/assignment/contract'
import { DomainError } from '~/domain/kernel'
import { backTo, submit } from '~/http'

const list = z.union([z.string(), z.array(z.string())]).optional().transform((value) => (value === undefined ? [] : [value].flat()))
const words = z.string().optional().transform((text) => (text ?? '').split(/[,，;；\n]/u).map((word) => word.trim()).filter((word) => word !== ''))
const count = z.coerce.number().int().min(0).optional()
const tick = z.string().optional().transform((value) => value !== undefined)
const Fields = z.object({
  key: z.string().optional(), name: z.string(), channelKinds: list, channels: list, sources: list, campaigns: list, productLines: list, countries: words, regions: words, cities: words, languages: words, industries: words, accounts: words,
  employeesFrom: count, employeesTo: count, ofCustomer: z.enum(['true', 'false']).optional(), kind: z.enum(['members', 'team', 'pool']), teamId: z.string().optional(), poolId: z.string().optional(),
  weight: z.record(z.string(), z.string().optional()).optional(), isOn: tick, keepsHours: tick, matchesLanguage: tick, skills: words,
})

/** A rule into the draft: a new one, or in the place of the one with its key. */
export const action = submit({ permission: 'assignment:write', form: Fields }, ({ ctx, input }) =>
  backTo('/assignment', async () => {
    const parsed = AssignmentRule.safeParse({ ...input, key: input.key ?? `r-${crypto.randomUUID().slice(0, 8)}`, when: whenOf(input), to: toOf(input) })
    if (!parsed.success) throw new DomainError('invalid')
    await editDraft(ctx, (rules) => withRule(rules, parsed.data))
  }))

function whenOf({ channelKinds, channels, sources, campaigns, productLines, countries, regions, cities, languages, industries, accounts, employeesFrom, employeesTo, ofCustomer }: z.output<typeof Fields>): object {
  const lists = { channelKinds, channels, sources, campaigns, productLines, countries, regions, cities, languages, industries, accounts }
  const said = Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0))
  return { ...said, ...(employeesFrom === undefined ? {} : { employeesFrom }), ...(employeesTo === undefined ? {} : { employeesTo }), ...(ofCustomer === undefined ? {} : { ofCustomer: ofCustomer === 'true' }) }
}

function toOf({ kind, teamId, poolId, weight = {} }: z.output<typeof Fields>): object {
  const weights = Object.entries(weight).flatMap(([memberId, text]) => (Number(text ?? 0) > 0 ? [{ memberId, weight: Number(text) }] : []))
  if (kind === 'pool') return { kind, poolId }
  return kind === 'team' ? { kind, teamId, weights: Object.fromEntries(weights.map((each) => [each.memberId, each.weight])) } : { kind, members: weights }
}
