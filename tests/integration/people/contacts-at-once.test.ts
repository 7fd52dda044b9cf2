import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { revealContact, setContactRules } from '~/domain/people'
import { identityKey } from '~/domain/people/contacts/reach'
import { contactReveals, contactUsage, identities } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'

useCommittedRows()

it('of 64 who reveal at once under a cap of 58, exactly 58 get through and 58 are noted', async () => {
  const org = await anOrganisation()
  const wang = await org.as('manager')
  await setContactRules(org.system, { revealCap: 58, exportCap: 1 })
  const { personId } = await aLead(org)
  const numbers = Array.from({ length: 64 }, (_, index) => `+86139${String(20_000_000 + index)}`)
  await asSuperuser((tx) => tx.insert(identities).values(numbers.map((value) => ({ orgId: org.orgId, kind: 'phone' as const, value, personId, shown: value, createdAt: NOON }))))
  const answers = await Promise.allSettled(numbers.map((value) => revealContact(wang, { key: identityKey(org.orgId, 'phone', value), personId })))
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(58)
  expect(refused).toEqual(Array.from({ length: 6 }, () => 'reveal-cap'))
  const used = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.used] : []))
  expect([...used].sort((a, b) => a - b)).toEqual(Array.from({ length: 58 }, (_, index) => index + 1))
  const [row] = await asSuperuser((tx) => tx.select().from(contactUsage).where(eq(contactUsage.orgId, org.orgId)))
  expect(row).toMatchObject({ used: 58, kind: 'reveal', day: '2024-05-15' })
  expect(await asSuperuser((tx) => tx.$count(contactReveals, eq(contactReveals.orgId, org.orgId)))).toBe(58)
})

it('the same number asked for 16 times at once counts once', async () => {
  const org = await anOrganisation()
  const wang = await org.as('manager')
  const { personId } = await aLead(org)
  const value = '+8613911112222'
  await asSuperuser((tx) => tx.insert(identities).values({ orgId: org.orgId, kind: 'phone', value, personId, shown: value, createdAt: NOON }))
  const answers = await Promise.all(Array.from({ length: 16 }, () => revealContact(wang, { key: identityKey(org.orgId, 'phone', value), personId })))
  expect(answers.map(({ used }) => used)).toEqual(Array.from({ length: 16 }, () => 1))
})
