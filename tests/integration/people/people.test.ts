import { describe, expect, it } from 'vitest'
import { addLead } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { companyDetail, personDetail, updateCompany, updatePerson } from '~/domain/people'
import { fromUuid } from '~/lib/ids'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { rowsIn } from '../capture/a-source'

async function somebody(owner: TestOrganisation, ctx = owner.system) {
  await addLead(ctx, { name: '王芳', phone: '13800138000', company: '线索科技', title: '总监' })
  const [person] = await rowsIn<{ id: string }>(owner, 'people')
  const [company] = await rowsIn<{ id: string }>(owner, 'companies')
  return { personId: fromUuid('per', person?.id ?? ''), companyId: fromUuid('co', company?.id ?? '') }
}
const aPerson = async (owner: TestOrganisation) => ({ personId: (await somebody(owner)).personId })
const aCompany = async (owner: TestOrganisation) => ({ companyId: (await somebody(owner)).companyId })

standingCases(personDetail, { input: aPerson })
standingCases(companyDetail, { input: aCompany })
standingCases(updatePerson, { input: async (owner) => ({ ...(await aPerson(owner)), name: 'Other' }) })
standingCases(updateCompany, { input: async (owner) => ({ ...(await aCompany(owner)), name: 'Other' }) })

describe('people', () => {
  it('are found under a corrected name, and the log keeps no name', async () => {
    const org = await anOrganisation()
    const { personId, companyId } = await somebody(org)
    await updatePerson(org.system, { personId, name: '王方', title: '' })
    await updateCompany(org.system, { companyId, name: '新线索科技有限公司', city: '杭州' })
    expect(await personDetail(org.system, { personId })).toMatchObject({ name: '王方', title: null, reach: [{ kind: 'phone', shown: '138 0013 8000' }], companies: [{ name: '新线索科技有限公司' }] })
    expect(await companyDetail(org.system, { companyId })).toMatchObject({ city: '杭州', people: [{ name: '王方' }] })
    const [company] = await rowsIn<{ key: string; tokens: string[] }>(org, 'companies')
    expect(company?.key).toBe('新线索科技')
    expect(company?.tokens).toContain('xinxiansuo'.slice(0, 12))
    expect(JSON.stringify(await rowsIn(org, 'audit_entries'))).not.toMatch(/王|线索/)
  })

  it('on no lead of mine are not there for me', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const other = await org.as('rep')
    const { personId, companyId } = await somebody(org, rep)
    expect(await personDetail(rep, { personId })).toMatchObject({ name: '王芳' })
    expect(isRefusal(await personDetail(other, { personId }).catch((error: unknown) => error), 'not-found')).toBe(true)
    expect(isRefusal(await updateCompany(other, { companyId, name: 'x' }).catch((error: unknown) => error), 'not-found')).toBe(true)
  })
})
