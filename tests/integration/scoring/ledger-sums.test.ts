import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inTransaction, type Context } from '~/domain/kernel'
import { linesOf } from '~/domain/scoring/lines-of'
import { scoreAt } from '~/domain/scoring/score-at'
import { correctionOf, recordLines, standingLines } from '~/domain/scoring/standing-lines'
import type { LeadFacts } from '~/domain/scoring/lead-facts'
import { mergeCompanies, splitMerge } from '~/domain/merging'
import { leadScore, readFacts, scoreLeads, scoreRecords } from '~/domain/scoring'
import { newId, toUuid, type Id } from '~/lib/ids'
import { companies } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { random, seed } from '~tests/support/seed'
import { aCard, aHistory, aMoment } from '~tests/unit/scoring/ledger-histories'
import { aWorld, later } from '../leads/a-lead'
import { aFullLead } from '../merging/a-group'
import { aLine, aPublishedCard, aTerms, aTouch, linesIn, scoreIn } from './ledger-card'

const HISTORIES = 10_000
const MOMENTS = 3
const TOGETHER = 500

it(`${HISTORIES} random histories at ${MOMENTS} moments each: SQL says what TypeScript says, to the point`, async () => {
  const org = await anOrganisation()
  const cardId = newId('scd')
  const draw = random()
  const histories = Array.from({ length: HISTORIES }, () => ({ terms: aCard(draw), facts: aHistory(draw), moments: Array.from({ length: MOMENTS }, () => aMoment(draw)) }))
  const write = (ctx: Context, wanted: (one: (typeof histories)[number]) => LeadFacts) => inTransaction(ctx, 'read write', async (tx) => {
    const at = { ...ctx, tx }
    for (let from = 0; from < HISTORIES; from += TOGETHER) {
      const some = histories.slice(from, from + TOGETHER)
      const standing = await standingLines(at, cardId, some.map(({ facts }) => facts.leadId))
      await recordLines(at, cardId, some.map((one) => correctionOf(one.facts.leadId, linesOf(one.terms, wanted(one)), standing.get(one.facts.leadId) ?? [])))
    }
  })
  // What is known first is less than all: some lines are taken back by the second time.
  await write(org.system, ({ facts }) => ({ ...facts, touches: facts.touches.slice(2), contacts: [], employees: 7, hasObjection: false }))
  await write(later(org.system, 1), ({ facts }) => facts)
  const asked = histories.flatMap(({ facts, moments }, n) => moments.map((moment, m) => ({ n, m, lead: toUuid(facts.leadId), moment: moment.toISOString() })))
  const rows = await inTransaction(org.system, 'read only', (tx) => tx.execute<{ n: number; m: number; fit: number; interest: number }>(sql`
    select a.n, a.m, coalesce(sum(clew_find.worth(l.points, l.at, l.half_life_days, l.expires_at, a.moment)) filter (where l.group_key = 'fit'), 0)::int as fit,
      coalesce(sum(clew_find.worth(l.points, l.at, l.half_life_days, l.expires_at, a.moment)) filter (where l.group_key = 'interest'), 0)::int as interest
    from json_to_recordset(${JSON.stringify(asked)}::json) as a(n int, m int, lead uuid, moment timestamptz) left join score_lines l on l.org_id = ${toUuid(org.orgId)}::uuid and l.lead_id = a.lead group by 1, 2`))
  expect(rows).toHaveLength(HISTORIES * MOMENTS)
  for (const { n, m, fit, interest } of rows) {
    const one = histories[n]
    const moment = one?.moments[m]
    if (one === undefined || moment === undefined) throw new Error('nothing was asked')
    const said = scoreAt(linesOf(one.terms, one.facts), moment)
    expect({ fit, interest }, `seed ${seed()}, history ${n} at ${moment.toISOString()}`).toEqual({ fit: said.fit, interest: said.interest })
  }
  expect(rows.filter(({ fit, interest }) => fit + interest !== 0).length).toBeGreaterThan(rows.length / 2)
}, 120_000)

const standingNow = async (org: TestOrganisation, leadId: Id<'lead'>) => (await leadScore(org.system, { leadId }))?.lines.map(({ line, cause, worth }) => `${line} ${cause} ${worth}`).sort()

it('merging and splitting leads gives what their facts give, and a handler that hears it twice changes nothing', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  const [one, two] = [await aFullLead(org, world, { company: 'One' }), await aFullLead(org, world, { company: 'Two', cameInAt: later(org.system, 1).now })]
  await asSuperuser((tx) => tx.update(companies).set({ employees: 500 }).where(sql`id = ${toUuid(two.companyId)}::uuid`))
  const terms = aTerms([
    aLine('views', { kind: 'touch', touch: 'page_view', page: null }, 4), aLine('forms', { kind: 'touch', touch: 'form', page: null }, 3, { most: 3 }), aLine('again', { kind: 'asked-again' }, 5),
    aLine('size', { kind: 'employees', from: 200, to: null }, 20, { group: 'fit' }), aLine('silent', { kind: 'silence', attempts: 2 }, -6),
  ])
  await aPublishedCard(org, terms)
  for (const lead of [one, two]) await aTouch(org, lead.leadId, { personId: lead.personId })
  const leadIds = [one.leadId, two.leadId]
  await scoreLeads(org.system, { leadIds })
  const before = [await standingNow(org, one.leadId), await standingNow(org, two.leadId)]
  // One view, two forms, one more inquiry; then the two together.
  expect(await scoreIn(one.leadId)).toMatchObject({ fit: 0, interest: 4 + 6 + 5, cell: 43 })
  expect(await scoreIn(two.leadId)).toMatchObject({ fit: 20, interest: 15, cell: 23 })

  const { mergeId } = await mergeCompanies(org.system, { keptId: one.companyId, goneId: two.companyId })
  await scoreRecords(later(org.system, 1), { mergeId })
  const merged = await scoreIn(one.leadId)
  // Two views, three forms at most, three more inquiries, two silent calls in a row; the company that stays has no size.
  expect(merged).toMatchObject({ interest: 8 + 9 + 15 - 6 })
  const facts = await inTransaction(org.system, 'read only', (tx) => readFacts({ ...org.system, tx }, [one.leadId]))
  const sums = facts[0] === undefined ? null : scoreAt(linesOf(terms, facts[0]), NOON)
  expect(merged).toMatchObject({ fit: sums?.fit, interest: sums?.interest })
  const written = (await linesIn(one.leadId)).length
  await scoreRecords(later(org.system, 2), { mergeId })
  await scoreLeads(later(org.system, 2), { leadIds })
  expect(await linesIn(one.leadId)).toHaveLength(written)

  await splitMerge(org.system, { mergeId })
  await scoreRecords(later(org.system, 3), { mergeId })
  expect([await standingNow(org, one.leadId), await standingNow(org, two.leadId)]).toEqual(before)
})
