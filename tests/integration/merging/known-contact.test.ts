import { expect, it } from 'vitest'
import { createLead, knownContact } from '~/domain/capture'
import { addPersonToLead } from '~/domain/leads'
import { leadDetail } from '~/domain/leads'
import { newId } from '~/lib/ids'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { refusalOf } from './a-group'

standingCases(knownContact, { input: () => ({ phone: '13800138000' }), foreign: 'names nothing' })

it('knows a person by number or address, a company by name, domain or its own number, and nobody else', async () => {
  const org = await anOrganisation()
  const { leadId } = await createLead(org.system, { phone: '13800138000', email: 'w@hengtai.cn', company: '恒泰精密有限公司', full_name: '王' })
  await createLead(org.system, { phone: '021-55551234', company: '恒泰精密', external_id: 'office' })
  const by = async (typed: { phone?: string; email?: string; company?: string }) => (await knownContact(org.system, typed))?.by ?? null
  expect(await by({ phone: '+86 138 0013 8000' })).toBe('person')
  expect(await by({ email: 'W@hengtai.cn' })).toBe('person')
  expect(await by({ phone: '13900139000', company: '恒泰精密' })).toBe('company')
  expect(await by({ email: 'other@hengtai.cn' })).toBe('company')
  expect(await by({ phone: '021 5555 1234' })).toBe('company')
  expect(await by({ phone: '13900139000', email: 'x@163.com', company: 'Else' })).toBeNull()
  expect(await knownContact(org.system, { phone: '13800138000' })).toMatchObject({ lead: { id: leadId }, hasLead: true })
  expect(await knownContact(await org.as('rep'), { phone: '13800138000' })).toEqual({ by: 'person', lead: null, hasLead: true })
})

it('a person is hung on a lead by somebody who sees them, or as a colleague of its company', async () => {
  const org = await anOrganisation()
  const rep = await org.as('rep')
  const owner = rep.actor.kind === 'user' ? rep.actor.memberId : null
  const mine = await createLead(org.system, { phone: '13800138001', company: 'One' })
  const { changeOwnership } = await import('~/domain/leads')
  await changeOwnership(org.system, { leadId: mine.leadId ?? newId('lead'), to: owner })
  const stranger = await createLead(org.system, { phone: '13800138002', company: 'Two' })
  const person = async (leadId: typeof mine.leadId) => (await leadDetail(org.system, { leadId: leadId ?? newId('lead') })).people.at(-1)?.id ?? newId('per')
  const leadId = mine.leadId ?? newId('lead')
  expect(await refusalOf(addPersonToLead(rep, { leadId, personId: await person(stranger.leadId), role: 'user' }))).toBe('not-found')
  expect(await refusalOf(addPersonToLead(org.system, { leadId, personId: await person(stranger.leadId), role: 'user' }))).toBe('done')
})
