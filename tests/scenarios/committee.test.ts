import { expect, it } from 'vitest'
import { addLead, createSource, ingestLead, ingestSource, knownContact, submitLead, emptyDraft, type LeadDraft } from '~/domain/capture'
import { ensureChannel } from '~/domain/channels'
import { inTransaction, type Context } from '~/domain/kernel'
import { leadDetail, leadTimeline, listLeads, moveStage } from '~/domain/leads'
import { funnelByStage } from '~/domain/analytics'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { countIn, rowsIn } from '../integration/capture/a-source'

// product.md, "Committee", as far as leads go: attribution and rewards have their own issues.
const on = <C extends Context>(ctx: C, day: string): C => ({ ...ctx, now: new Date(`${day}T02:00:00Z`) })

async function arrives(org: TestOrganisation, day: string, channel: string, draft: Partial<LeadDraft>, owner?: Context) {
  const ctx = on(org.system, day)
  const { channelId } = await ensureChannel(ctx, { name: channel })
  const ownerId = owner?.actor.kind === 'user' ? owner.actor.memberId : null
  const { sourceId } = await createSource(ctx, { connector: 'standard', name: channel, channelId, ownerId })
  return inTransaction(ctx, 'read write', async (tx) => {
    const inside = { ...ctx, tx }
    return ingestLead(inside, await ingestSource(inside, sourceId), { ...emptyDraft, ...draft, isRequest: true })
  })
}

it('one company, four who come for it, one lead', async () => {
  const org = await anOrganisation()
  const [li, wang, partner] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' }), await org.as('partner', { name: 'Partner' })]

  const scan = await arrives(org, '2024-03-03', '抖音', { externalId: 'dy-1', fullName: '陈工', title: '工程师', phones: ['13800138001'], company: '恒泰精密有限公司' }, li)
  expect(scan).toMatchObject({ isNewLead: true, isRepeat: false })
  const form = await arrives(org, '2024-03-10', '百度', { externalId: 'bd-1', fullName: '赵总', title: '总监', phones: ['13900139002'], company: '恒泰精密' })
  expect(form).toMatchObject({ leadId: scan.leadId, isNewLead: false, isRepeat: true })
  const leadId = scan.leadId ?? 'lead_'
  const lead = await leadDetail(org.system, { leadId })
  expect(lead.people.map(({ name, role }) => `${name} ${role}`)).toEqual(['陈工 user', '赵总 decision_maker'])
  expect(lead).toMatchObject({ owner: { name: 'Li' }, channel: { name: '抖音' }, verdict: 'valid', stage: 'inquiry' })

  // 11 March: Wang is warned before anything is saved, without the owner's name; Li would be shown the lead.
  const before = await countIn(org, 'leads', 'inquiries', 'people')
  const typed = { phone: '139 0013 9002', company: '恒泰精密' }
  expect(await knownContact(on(wang, '2024-03-11'), typed)).toEqual({ by: 'person', lead: null, hasLead: true })
  expect(await knownContact(on(wang, '2024-03-11'), { company: '恒泰精密有限公司' })).toEqual({ by: 'company', lead: null, hasLead: true })
  expect(await knownContact(on(li, '2024-03-11'), typed)).toMatchObject({ by: 'person', lead: { id: leadId, owner: { name: 'Li' } } })
  expect(await knownContact(on(wang, '2024-03-11'), { phone: '13700137000', company: 'Somebody else' })).toBeNull()
  expect(await countIn(org, 'leads', 'inquiries', 'people')).toEqual(before)
  // All the same: what he types joins Li's lead, whose it stays.
  expect(await addLead(on(wang, '2024-03-11'), { ...typed, name: '赵总' })).toEqual({ leadId, isNew: false })

  const registered = await submitLead(on(partner, '2024-03-12'), { company: '恒泰精密', name: '钱', phone: '13600136000' })
  expect(registered).toEqual({ leadId: null, isNew: false })
  expect(JSON.stringify(registered)).not.toContain('Li')

  expect((await listLeads(org.system, {})).rows.map(({ id, owner }) => `${id} ${owner?.name ?? ''}`)).toEqual([`${leadId} Li`])
  expect((await listLeads(wang, {})).rows).toEqual([])
  expect((await rowsIn<{ is_repeat: boolean }>(org, 'inquiries')).filter((row) => row.is_repeat)).toHaveLength(3)

  await moveStage(on(li, '2024-04-20'), { leadId, to: 'won', amount: 12_000_000n, currency: 'CNY', day: '2024-04-20' })
  const { totals } = await funnelByStage(on(org.system, '2024-04-21'), { from: '2024-03-01', to: '2024-03-31', by: 'channel', view: 'cohort' })
  expect(totals).toMatchObject({ inquiries: 4, leads: 1, valid_leads: 1, won: 1, lost: 0, junk: 0 })
  // Both channels stand in the history of the one customer, each touch with its own.
  const touches = await rowsIn<{ lead_id: string; channel_id: string | null }>(org, 'touches')
  expect(new Set(touches.map((touch) => touch.lead_id)).size).toBe(1)
  expect(new Set(touches.flatMap((touch) => touch.channel_id ?? [])).size).toBe(2)
  expect((await leadTimeline(org.system, { leadId })).days.map(({ day }) => day)).toContain('2024-03-10')
})
