import { expect, it } from 'vitest'
import { markCustomer } from '~/domain/people'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead } from '../leads/a-lead'

standingCases(markCustomer, { input: async (owner) => ({ companyId: (await aLead(owner)).companyId, isCustomer: true }) })

it('saying it twice changes nothing', async () => {
  const org = await anOrganisation()
  const { companyId } = await aLead(org)
  expect(await markCustomer(org.system, { companyId, isCustomer: true })).toEqual({ changed: true })
  expect(await markCustomer(org.system, { companyId, isCustomer: true })).toEqual({ changed: false })
})
