import { describe, expect, it } from 'vitest'
import { addLead } from '~/domain/capture'
import { createChannel } from '~/domain/channels'
import { memberOf } from '~/domain/kernel'
import { addPersonToLead, leadDetail } from '~/domain/leads'
import { companyDetail } from '~/domain/people'
import { anOrganisation } from '~tests/support/organisations'
import { countIn } from './a-source'

describe('a lead typed in', () => {
  it('is of the member who typed it, on the channel they named', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const { channelId } = await createChannel(org.system, { name: '展会', kind: 'event' })
    const { leadId, isNew } = await addLead(rep, { name: '王芳', company: '线索科技', phone: '13800138000', message: '要报价', channelId })
    expect(isNew).toBe(true)
    const lead = await leadDetail(rep, { leadId: leadId! })
    expect(lead).toMatchObject({ owner: { id: memberOf(rep.actor) }, channel: { id: channelId, name: '展会' }, person: { name: '王芳' }, company: { name: '线索科技' } })
    expect(lead.inquiries).toMatchObject([{ message: '要报价' }])
  })

  it('joins the open lead of the company instead of opening a second, and its colleague can be hung on it', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const first = await addLead(rep, { name: '王芳', company: '线索科技', phone: '13800138000' })
    const second = await addLead(rep, { name: '李雷', company: '线索科技', phone: '13900139000' })
    expect(second).toEqual({ leadId: first.leadId, isNew: false })
    expect(await countIn(org, 'leads', 'inquiries')).toEqual({ leads: 1, inquiries: 2 })
    const lead = await leadDetail(rep, { leadId: first.leadId! })
    const { people } = await companyDetail(rep, { companyId: lead.company!.id })
    expect(people.map(({ name }) => name).sort()).toEqual(['李雷', '王芳'])
    for (const { id } of people) await addPersonToLead(rep, { leadId: lead.id, personId: id, role: 'user' })
    expect((await leadDetail(rep, { leadId: lead.id })).people.map(({ name }) => name).sort()).toEqual(['李雷', '王芳'])
  })
})
