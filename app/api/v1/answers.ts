import { z } from '@hono/zod-openapi'
import { receiptOf } from '~/domain/capture'
import type { LeadRecord } from '~/domain/leads'
import { grades, personRoles, stages, verdicts } from '~/domain/leads/vocabulary'
import { scoreGroups } from '~/domain/scoring/vocabulary'
import { formatMinor } from '~/lib/money'

const named = z.object({ id: z.string(), name: z.string() })
const money = z.object({ amount: z.string().openapi({ example: '12.50' }), currency: z.string() }).nullable()
const instant = z.string().nullable().openapi({ format: 'date-time' })
const bag = z.record(z.string(), z.unknown())

const ScoreAnswer = z.object({
  total: z.number().int().openapi({ description: 'fit and interest together, now: points of what they did halve with time' }), fit: z.number().int(), interest: z.number().int(),
  cell: z.number().int().openapi({ description: 'fit and interest from 1, best, to 4: 11 … 44. The one somebody set by hand where somebody did', example: 12 }),
  override: z.number().int().nullable().openapi({ description: 'the cell somebody set by hand; the points stay the card’s' }), card_version: z.number().int(),
  lines: z.array(z.object({
    line: z.string().openapi({ description: 'key of the card’s line; `base` is where everybody begins' }), group: z.enum(scoreGroups), points: z.number().int().openapi({ description: 'when it happened' }),
    worth: z.number().int().openapi({ description: 'now' }), because: z.unknown().openapi({ description: 'what held, as codes: the kind of criterion, its value', example: { kind: 'role', value: 'decision_maker' } }), at: z.string().openapi({ format: 'date-time' }),
  })).optional().openapi({ description: 'they add up to the total; of one lead, and in lists with `include=score_lines`' }),
}).openapi('Score')

export const LeadAnswer = z.object({
  id: z.string(), duplicate_of: z.string().nullable().openapi({ description: 'the lead under which a merge closed it' }), stage: z.enum(stages), verdict: z.enum(verdicts), product_line: named,
  score: ScoreAnswer.nullable().openapi({ description: 'null where no score card is published, the lead was not scored yet, or somebody of it does not want to be profiled' }),
  grade: z.enum(grades).nullable(), people: z.array(z.object({ id: z.string(), role: z.enum(personRoles) })),
  inquiries: z.array(z.object({ id: z.string(), external_id: z.string(), source: z.string(), receipt: z.string().nullable(), is_repeat: z.boolean(), message: z.string().nullable(), answers: z.unknown(), at: z.string() })),
  expected: money, expected_month: z.string().nullable(), won: money, owner: named.nullable(), source: named, channel: named.extend({ kind: z.string() }).nullable(), campaign: named.nullable(),
  person: named.extend({ title: z.string().nullable(), phones: z.array(z.string()), emails: z.array(z.string()), wechats: z.array(z.string()) }).nullable(),
  company: named.extend({ domain: z.string().nullable(), city: z.string().nullable() }).nullable(),
  external: bag.openapi({ description: 'ids of the sender, as strings, digit for digit' }), click_ids: bag, utm: bag, landing_page: z.string().nullable(), referrer: z.string().nullable(),
  custom: z.record(z.string(), z.union([z.string(), z.array(z.string())])).openapi({ description: 'custom fields that say something, by key: texts, `12000.00` of the field’s currency, `2026-03-01`, `yes`, the key of a choice or several', example: { lines: '3' } }),
  junk_reason: z.string().nullable(), lost_reason: z.string().nullable(), is_imported: z.boolean(), of_customer: z.boolean(), version: z.number().int(),
  created_at: z.string(), first_response_at: instant, last_contact_at: instant, next_step_at: instant, qualified_at: instant, graded_at: instant, won_at: instant, lost_at: instant,
}).openapi('Lead')

const at = (moment: Date | null): string | null => moment?.toISOString() ?? null
const moneyOf = (amount: bigint | null, currency: string | null) => (amount === null || currency === null ? null : { amount: formatMinor(amount, currency), currency })

const scoreAnswer = (score: LeadRecord['score']): z.input<typeof ScoreAnswer> | null => {
  if (score === null) return null
  const { total, fit, interest, cell, override, cardVersion, lines } = score
  const told = lines?.map(({ line, group, points, worth, because, at: when }) => ({ line, group, points, worth, because, at: when.toISOString() }))
  return { total, fit, interest, cell, override, card_version: cardVersion, ...(told === undefined ? {} : { lines: told }) }
}

/** A lead as the API tells it: contracts.md, HTTP. Attribution is that of its first inquiry. */
export function leadAnswer(lead: LeadRecord): z.input<typeof LeadAnswer> {
  const { state, person, company } = lead
  const first = lead.inquiries[0]
  const known = lead.people.find(({ id }) => id === person?.id)
  return {
    id: lead.id, duplicate_of: lead.duplicateOf, stage: lead.stage, verdict: lead.verdict, product_line: lead.productLine, score: scoreAnswer(lead.score), grade: lead.grade,
    people: lead.people.map(({ id, role }) => ({ id, role })),
    inquiries: lead.inquiries.map((inquiry) => ({
      id: inquiry.id, external_id: inquiry.externalId, source: inquiry.sourceId, receipt: inquiry.receipt && receiptOf(inquiry.receipt), is_repeat: inquiry.isRepeat, message: inquiry.message,
      answers: inquiry.answers, at: inquiry.at.toISOString(),
    })),
    expected: moneyOf(state.expectedAmount, state.expectedCurrency), expected_month: state.expectedMonth, won: moneyOf(state.wonAmount, state.wonCurrency),
    owner: lead.owner, source: lead.source, channel: lead.channel, campaign: lead.campaign,
    person: person && { id: person.id, name: person.name, title: person.title, phones: known?.phones ?? [], emails: known?.emails ?? [], wechats: known?.wechats ?? [] },
    company: company && { id: company.id, name: company.name, domain: lead.domain, city: company.city },
    external: { ...(first === undefined ? {} : { lead_id: first.externalId }), ...first?.external }, click_ids: first?.clickIds ?? {}, utm: first?.utm ?? {},
    landing_page: first?.landingPage ?? null, referrer: first?.referrer ?? null,
    custom: { ...lead.custom }, junk_reason: lead.junkReason, lost_reason: lead.lostReason, is_imported: lead.isImported, of_customer: lead.ofCustomer, version: lead.version,
    created_at: lead.cameInAt.toISOString(), first_response_at: at(lead.firstResponseAt), last_contact_at: at(lead.lastContactAt), next_step_at: at(lead.nextStepAt),
    qualified_at: at(state.qualifiedAt), graded_at: at(state.gradedAt), won_at: at(state.wonAt), lost_at: at(state.lostAt),
  }
}
