import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addLead } from '~/domain/capture'
import { isRefusal, systemContext, type Context } from '~/domain/kernel'
import {
  answerMatch, candidatesSql, keepMatchKeys, learnMatchModel, listMatches, matchInquiries, matchInquiry, matchPerson, matchThresholds, openMatches, setMatchThresholds,
} from '~/domain/people'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { rowsIn } from '../capture/a-source'

type Decision = { person_id: string; candidate_id: string; weight: number; band: string; state: string; reason: string; fields: { field: string; level: string; weight: number }[]; decided_by: string }
type Lead = { name: string; phone?: string; email?: string; company?: string; title?: string }

const DAY = 86_400_000
const later = (ctx: Context, days: number): Context => ({ ...ctx, now: new Date(ctx.now.getTime() + days * DAY) })

async function lastInquiry(org: TestOrganisation): Promise<Id<'inq'>> {
  const rows = await rowsIn<{ id: string }>(org, 'inquiries')
  return fromUuid('inq', rows.map(({ id }) => id).sort().at(-1) ?? '')
}
/** Adds a lead and does what the worker would. */
async function arrives(org: TestOrganisation, lead: Lead, ctx: Context = org.system) {
  await addLead(ctx, lead)
  return matchInquiry(ctx, { inquiryId: await lastInquiry(org) })
}
const decisions = (org: TestOrganisation) => rowsIn<Decision>(org, 'match_decisions')
const events = async (org: TestOrganisation, name: string) => (await rowsIn<{ name: string; payload: Record<string, unknown> }>(org, 'outbox')).filter((row) => row.name === name)

async function aPair(org: TestOrganisation) {
  await arrives(org, { name: '王芳', email: 'wangfang@163.com', company: '上海线索科技有限公司' })
  const [found] = await arrives(org, { name: '王芳', email: 'wangfang@qq.com', company: '上海线索科技有限公司' })
  const [row] = await rowsIn<{ id: string }>(org, 'match_decisions')
  return { matchId: fromUuid('mtd', row?.id ?? ''), found }
}

standingCases(matchPerson, { input: async (org) => { await aPair(org); const [person] = await rowsIn<{ id: string }>(org, 'people'); return { personId: fromUuid('per', person?.id ?? '') } } })
standingCases(matchInquiry, { input: async (org) => { await addLead(org.system, { name: 'A', phone: '13800138000' }); return { inquiryId: await lastInquiry(org) } } })
standingCases(matchInquiries, { input: async (org) => { await addLead(org.system, { name: 'A', phone: '13800138000' }); return { inquiryIds: [await lastInquiry(org)] } } })
standingCases(openMatches, { input: async (org) => { const { found } = await aPair(org); return { personId: found?.personId } } })
standingCases(answerMatch, { input: async (org) => ({ matchId: (await aPair(org)).matchId, answer: 'different' }) })
standingCases(listMatches, { input: async (org) => { await aPair(org); return { band: 'auto' } }, foreign: ({ matches }) => expect(matches).toEqual([]) })
standingCases(matchThresholds, { input: () => ({}), foreign: 'names nothing' })
standingCases(setMatchThresholds, { input: () => ({ autoAt: 0.9, reviewAt: 0.5, silentMonths: 6 }), foreign: 'names nothing' })
standingCases(keepMatchKeys, { input: async (org) => { await addLead(org.system, { name: 'A', phone: '13800138000' }); return { most: 10 } }, foreign: 'names nothing' })
standingCases(learnMatchModel, { input: () => ({}), foreign: 'names nothing' })

describe('weak matches', () => {
  it('are proposed after a lead came in, explained, and join nobody', async () => {
    const org = await anOrganisation()
    const { found } = await aPair(org)
    expect(found).toMatchObject({ band: 'auto' })
    const [decision] = await decisions(org)
    expect(decision).toMatchObject({ band: 'auto', state: 'open', reason: 'weight', decided_by: 'rule 0' })
    expect(decision?.fields.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(decision?.weight ?? 0, 9)
    expect(JSON.stringify(decision)).not.toMatch(/王芳|线索|163/)
    expect(await events(org, 'people.match-found')).toMatchObject([{ payload: { band: 'auto', personId: found?.personId, candidateId: found?.candidateId } }])
    expect((await rowsIn<{ canonical_id: string | null }>(org, 'people')).map((row) => row.canonical_id)).toEqual([null, null])
  })

  it('of several who came together are the same as one by one', async () => {
    const lead = (email: string) => ({ name: '王芳', email, company: '上海线索科技有限公司' })
    const [alone, together] = [await anOrganisation(), await anOrganisation()]
    for (const email of ['wangfang@163.com', 'wangfang@qq.com']) await arrives(alone, lead(email))
    const inquiryIds: Id<'inq'>[] = []
    for (const email of ['wangfang@163.com', 'wangfang@qq.com']) {
      await addLead(together.system, lead(email))
      inquiryIds.push(await lastInquiry(together))
    }
    expect(await matchInquiries(together.system, { inquiryIds: [...inquiryIds, ...inquiryIds] })).toMatchObject([{ band: 'auto' }])
    const shown = (rows: Decision[]) => rows.map(({ weight, band, reason, state, fields }) => ({ weight, band, reason, state, fields }))
    expect(shown(await decisions(together))).toEqual(shown(await decisions(alone)))
    expect(await events(together, 'people.match-found')).toHaveLength(1)
    const foreign = await matchInquiries(alone.system, { inquiryIds }).catch((error: unknown) => error)
    expect(isRefusal(foreign, 'not-found')).toBe(true)
  })

  it('weighed again change nothing and tell nobody', async () => {
    const org = await anOrganisation()
    const { found } = await aPair(org)
    await matchPerson(org.system, { personId: found?.personId ?? newId('per') })
    expect(await decisions(org)).toHaveLength(1)
    expect(await events(org, 'people.match-found')).toHaveLength(1)
  })

  it('of strangers are nobody: the nearest is kept, to say why', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', company: '上海线索科技有限公司', email: 'wang@acme.example' })
    expect(await arrives(org, { name: '王芬芳', company: '上海线索科技有限公司', email: 'li@acme.example' })).toEqual([])
    expect((await decisions(org)).map(({ band }) => band).filter((band) => band !== 'new')).toEqual([])
    expect(await events(org, 'people.match-found')).toEqual([])
  })

  it('answered "different" are never proposed again; "same" is told', async () => {
    const org = await anOrganisation()
    const { matchId, found } = await aPair(org)
    expect(await answerMatch(org.system, { matchId, answer: 'different' })).toEqual({ changed: true })
    expect(await answerMatch(org.system, { matchId, answer: 'different' })).toEqual({ changed: false })
    expect(await matchPerson(org.system, { personId: found?.candidateId ?? newId('per') })).toEqual([])
    expect((await listMatches(org.system, { band: 'auto' })).matches).toEqual([])
    expect(await decisions(org)).toMatchObject([{ state: 'different' }])
    expect(await events(org, 'people.match-answered')).toMatchObject([{ payload: { answer: 'different' } }])
    expect((await rowsIn<{ action: string }>(org, 'audit_entries')).filter(({ action }) => action === 'match.answer')).toHaveLength(1)
  })

  it('follow the thresholds of the organisation', async () => {
    const org = await anOrganisation()
    await setMatchThresholds(org.system, { autoAt: 1, reviewAt: 0.2, silentMonths: 6 })
    expect(await matchThresholds(org.system, {})).toEqual({ autoAt: 1, reviewAt: 0.2, silentMonths: 6 })
    await aPair(org)
    expect(await decisions(org)).toMatchObject([{ band: 'review' }])
    const wrong = await setMatchThresholds(org.system, { autoAt: 0.2, reviewAt: 0.5, silentMonths: 6 }).catch((error: unknown) => error)
    expect(isRefusal(wrong, 'invalid')).toBe(true)
  })

  it('are seen by whoever sees both people', async () => {
    const org = await anOrganisation()
    await aPair(org)
    expect((await listMatches(await org.as('manager'), { band: 'auto' })).matches).toMatchObject([{ names: ['王芳', '王芳'] }])
    expect((await listMatches(await org.as('rep'), { band: 'auto' })).matches).toEqual([])
  })
})

describe('numbers', () => {
  it('of somebody clearly else join nobody and go to review', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', phone: '13800138000' })
    const [found] = await arrives(org, { name: '李伟', phone: '13800138000' })
    expect(found).toMatchObject({ band: 'review' })
    expect(await rowsIn(org, 'people')).toHaveLength(2)
    expect(await rowsIn(org, 'identities')).toHaveLength(1)
    expect(await decisions(org)).toMatchObject([{ reason: 'other-name', band: 'review' }])
    expect(await rowsIn(org, 'contact_hints')).toMatchObject([{ kind: 'doubted', value: '+8613800138000' }])
  })

  it('that were silent for more than a year and come again under another name go to review (二次放号)', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', phone: '13800138000' })
    expect(await arrives(org, { name: '王晓明', phone: '13800138000' }, later(org.system, 300))).toEqual([])
    expect(await rowsIn(org, 'people')).toHaveLength(1)
    const [found] = await arrives(org, { name: '王小明', phone: '13800138000' }, later(org.system, 700))
    expect(found).toMatchObject({ band: 'review' })
    expect(await decisions(org)).toMatchObject([{ reason: 'silent-number' }])
  })

  it('of the same name join at once, however long they were silent', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', phone: '13800138000' })
    await arrives(org, { name: '王芳', phone: '13800138000' }, later(org.system, 700))
    expect(await rowsIn(org, 'people')).toHaveLength(1)
  })

  it('of virtual operators are lent out: after 90 days another name goes to review', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', phone: '17012345678' })
    expect(await arrives(org, { name: '王晓明', phone: '17012345678' }, later(org.system, 80))).toEqual([])
    const [found] = await arrives(org, { name: '王小明', phone: '17012345678' }, later(org.system, 180))
    expect(found).toMatchObject({ band: 'review' })
  })

  it('with their middle hidden are no keys but hints that expire', async () => {
    const org = await anOrganisation()
    await arrives(org, { name: '王芳', phone: '138****8000' })
    expect(await rowsIn(org, 'identities')).toEqual([])
    const hints = await rowsIn<{ kind: string; value: string; expires_at: string }>(org, 'contact_hints')
    expect(hints.map(({ kind, value, expires_at: at }) => [kind, value, (new Date(at).getTime() - NOON.getTime()) / DAY])).toEqual([['masked', '+86138****8000', 180]])
  })
})

describe('keys', () => {
  it('are given to people who have none, once', async () => {
    const org = await anOrganisation()
    await addLead(org.system, { name: '王芳', phone: '13800138000' })
    expect(await keepMatchKeys(org.system, {})).toEqual({ people: 1, isDone: true })
    expect(await keepMatchKeys(org.system, {})).toEqual({ people: 0, isDone: true })
    expect(JSON.stringify(await rowsIn(org, 'match_keys'))).not.toMatch(/王芳|13800138000/)
  })

  it('are looked up in the index, never by reading the table', async () => {
    const org = await anOrganisation()
    const plan = await asSuperuser(async (tx) => {
      // On an empty table every plan costs the same.
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`insert into match_keys (org_id, key, person_id) select ${toUuid(org.orgId)}, 'key ' || n, gen_random_uuid() from generate_series(1, 5000) n`)
      await tx.execute(sql`analyze match_keys`)
      return JSON.stringify(await tx.execute(sql`explain ${candidatesSql(toUuid(org.orgId), [{ person: toUuid(newId('per')), keys: ['a', 'b'] }])}`))
    })
    expect(plan).toMatch(/match_keys_org_id_key_person_id_pk/)
    expect(plan).not.toMatch(/Seq Scan/)
  })

  it('an organisation of fewer than 1,000 people teaches nothing yet', async () => {
    const org = await anOrganisation()
    expect(await learnMatchModel(systemContext(org.orgId, 'test', NOON), {})).toBeNull()
  })
})
