import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { exportLeads, leadDetail, leadRecords } from '~/domain/leads'
import { companyDetail, listReveals, personDetail, readContactRules, revealContact, revealsToday, setContactRules } from '~/domain/people'
import { identityKey } from '~/domain/people/contacts/reach'
import { memberOf } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { auditEntries, companyPhones, contactReveals, identities } from '~db/schema'
import { aLead, later, type ALead } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)

async function reachable(org: Pick<TestOrganisation, 'orgId'>, more: Parameters<typeof aLead>[1] = {}, number = '+8613812341234'): Promise<ALead & { key: string }> {
  const lead = await aLead(org, more)
  await asSuperuser(async (tx) => {
    await tx.delete(identities).where(eq(identities.personId, lead.personId))
    await tx.insert(identities).values([
      { orgId: org.orgId, kind: 'phone', value: number, personId: lead.personId, shown: '138 1234 1234', createdAt: NOON },
      { orgId: org.orgId, kind: 'email', value: `li${number}@example.com`, personId: lead.personId, shown: `li${number}@example.com`, createdAt: new Date(NOON.getTime() + 1) },
    ])
    await tx.insert(companyPhones).values({ orgId: org.orgId, companyId: lead.companyId, value: '+862161234567', shown: '021 6123 4567', createdAt: NOON })
  })
  return { ...lead, key: identityKey(org.orgId, 'phone', number) }
}

standingCases(revealContact, {
  input: async (owner) => { const { key, personId, leadId } = await reachable(owner); return { key, personId, leadId } },
  asker: (stranger) => stranger.as('manager'),
})
standingCases(readContactRules, { input: () => ({}), foreign: 'names nothing' })
standingCases(setContactRules, { input: () => ({ revealCap: 5, exportCap: 5 }), foreign: 'names nothing' })
standingCases(listReveals, { input: () => ({}), foreign: (answer) => expect(answer).toEqual([]) })
standingCases(revealsToday, { input: () => ({}), foreign: 'names nothing' })

describe('numbers are masked until owned', () => {
  it('the owner sees them in full, a colleague with the right to the lead does not', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('rep'), await org.as('manager')]
    const { leadId, personId, companyId } = await reachable(org, { ownerId: memberOf(li.actor) })
    const reachIn = async (ctx: typeof li) => (await leadDetail(ctx, { leadId })).people[0]?.reach.map(({ shown, isMasked }) => [shown, isMasked])
    expect(await reachIn(li)).toEqual([['138 1234 1234', false], ['li+8613812341234@example.com', false]])
    expect(await reachIn(wang)).toEqual([['138****1234', true], ['l***@example.com', true]])
    expect((await personDetail(wang, { personId })).reach.map(({ value }) => value)).toEqual(['138****1234', 'l***@example.com'])
    expect((await companyDetail(wang, { companyId })).phones.map(({ shown }) => shown)).toEqual(['+86 ****4567'])
    expect((await companyDetail(li, { companyId })).phones.map(({ shown }) => shown)).toEqual(['021 6123 4567'])
  })

  it('other systems read them in full with a key', async () => {
    const org = await anOrganisation()
    const { leadId } = await reachable(org)
    expect((await leadRecords(org.withKey('leads:read'), { ids: [leadId] }))[0]?.people[0]?.phones).toEqual(['+8613812341234'])
  })
})

describe('revealing', () => {
  it('shows the number, notes who, which and when without it, and counts the same one once a day', async () => {
    const org = await anOrganisation()
    const wang = await org.as('manager')
    const { leadId, personId, key } = await reachable(org)
    expect(await revealContact(wang, { key, personId, leadId })).toEqual({ shown: '138 1234 1234', value: '+8613812341234', used: 1, cap: 200 })
    expect(await revealContact(later(wang, 1), { key, personId })).toEqual({ shown: '138 1234 1234', value: '+8613812341234', used: 1, cap: 200 })
    expect(await revealContact(later(wang, 24), { key, personId })).toEqual({ shown: '138 1234 1234', value: '+8613812341234', used: 1, cap: 200 })
    const rows = await asSuperuser((tx) => tx.select().from(contactReveals).where(eq(contactReveals.orgId, org.orgId)).orderBy(contactReveals.id))
    expect(rows.map(({ day, leadId: of }) => [day, of])).toEqual([['2024-05-15', leadId], ['2024-05-16', null]])
    expect(JSON.stringify(rows)).not.toContain('1381234')
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)))
    expect(log.map(({ action }) => action)).toEqual(['contact.reveal', 'contact.reveal'])
    expect(JSON.stringify(log)).not.toContain('1381234')
    expect((await listReveals(await org.as('admin'), {})).map(({ member, person }) => [member, person])).toEqual([['A manager', 'Chen Yuting'], ['A manager', 'Chen Yuting']])
  })

  it('the Phone story: the cap is 58, the 59th is refused, and at midnight of the organisation it starts anew', async () => {
    const org = await anOrganisation()
    const wang = await org.as('manager')
    expect(await setContactRules(org.system, { revealCap: 58, exportCap: 20_000 })).toEqual({ revealCap: 58, exportCap: 20_000 })
    const numbers: { key: string; personId: Id<'per'> }[] = []
    for (let index = 0; index < 59; index += 1) numbers.push(await reachable(org, {}, `+86138${String(10_000_000 + index)}`))
    for (const [index, { key, personId }] of numbers.slice(0, 58).entries()) expect(await revealContact(wang, { key, personId })).toMatchObject({ used: index + 1, cap: 58 })
    const last = { key: numbers[58]?.key ?? '', personId: numbers[58]?.personId }
    const refused: unknown = await revealContact(wang, last).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'reveal-cap', params: { cap: 58, zone: 'Asia/Shanghai' } })
    expect(await revealsToday(wang, {})).toEqual({ used: 58, cap: 58 })
    // 23:59 in Shanghai is still today; a minute later the day is over.
    expect(await refusal(revealContact({ ...wang, now: new Date('2024-05-15T15:59:00Z') }, last))).toBe('reveal-cap')
    expect(await revealContact({ ...wang, now: new Date('2024-05-15T16:00:00Z') }, last)).toMatchObject({ used: 1 })
  })

  it('is for people who see the lead, and names nobody by another key', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const one = await reachable(org)
    const other = await reachable(org, {}, '+8613812349999')
    expect(await refusal(revealContact(rep, { key: one.key, personId: one.personId }))).toBe('not-found')
    expect(await refusal(revealContact(await org.as('manager'), { key: other.key, personId: one.personId }))).toBe('not-found')
    expect(await refusal(revealContact(await org.as('marketer'), { key: one.key, personId: one.personId }))).toBe('not-allowed')
    expect(await refusal(revealContact(org.withKey('contacts:reveal'), { key: one.key, personId: one.personId }))).toBe('not-allowed')
  })
})

it('an export is masked where the lead is not owned, and counted against the day’s cap', async () => {
  const org = await anOrganisation()
  const wang = await org.as('manager')
  const mine = await reachable(org, { ownerId: memberOf(wang.actor) })
  await reachable(org, { world: mine }, '+8613899998888')
  await setContactRules(org.system, { revealCap: 200, exportCap: 3 })
  const { csv } = await exportLeads(wang, {})
  expect(csv).toContain('+8613812341234')
  expect(csv).toContain('138****8888')
  expect(csv).not.toContain('13899998888')
  expect(await refusal(exportLeads(wang, {}))).toBe('export-cap')
  expect(await refusal(exportLeads(await org.as('rep'), {}))).toBe('not-allowed')
})
