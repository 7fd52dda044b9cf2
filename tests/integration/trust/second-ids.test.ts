import { beforeEach, describe, expect, it } from 'vitest'
import { addLead, createLead, createSource, listDeliveries, replayDeliveries, submitLead, updateSource } from '~/domain/capture'
import { createCampaign, listCampaigns, recordExposures } from '~/domain/channels'
import { isRefusal } from '~/domain/kernel'
import { addPersonToLead, changeOwnership, countLeads, exportLeads, importOutcomes, listLeads, logContact, separateInterest, setPersonRole } from '~/domain/leads'
import { answerDifferent, mergeCompanies, mergePeople } from '~/domain/merging'
import { addMember, inviteMember, moveToTeam } from '~/domain/orgs'
import { newId } from '~/lib/ids'
import { useCommittedRows } from '~tests/support/committed-rows'
import { rowsOf } from '~tests/support/standing-cases'
import { aTrustWorld, type World } from './world'

useCommittedRows()

let a: World
let b: World
beforeEach(async () => {
  if (a !== undefined) return
  a = await aTrustWorld(`cnry_SA_${newId('org').slice(-8)}`)
  b = await aTrustWorld(`cnry_SB_${newId('org').slice(-8)}`)
})

type Id = never
const id = (text: string) => text as Id
const source = (w: World) => ({ name: `S ${newId('src')}`, leadRule: 'always' as const, defaultCountry: 'CN', channelId: null, productLineId: null, ownerId: null, sourceId: id(w.names.sourceId) })

/** Every verb that takes a second id: right with ours, and with theirs in each place after the first. */
const swaps: Record<string, (w: World, theirs: World) => Promise<unknown>> = {
  'source.create channel': (w, x) => createSource(w.org.system, { ...source(w), connector: 'standard', channelId: id(x.names.channelId) }),
  'source.create product line': (w, x) => createSource(w.org.system, { ...source(w), connector: 'standard', productLineId: id(x.names.productLineId) }),
  'source.create owner': (w, x) => createSource(w.org.system, { ...source(w), connector: 'standard', ownerId: x.people.rep.memberId }),
  'source.update channel': (w, x) => updateSource(w.org.system, { ...source(w), channelId: id(x.names.channelId) }),
  'source.update product line': (w, x) => updateSource(w.org.system, { ...source(w), productLineId: id(x.names.productLineId) }),
  'source.update owner': (w, x) => updateSource(w.org.system, { ...source(w), ownerId: x.people.rep.memberId }),
  'lead.change-ownership': (w, x) => changeOwnership(w.org.system, { leadId: id(w.names.leadId), to: x.people.manager.memberId }),
  'lead.separate-interest': (w, x) => separateInterest(w.org.system, { leadId: id(w.names.leadId), productLineId: id(x.names.productLineId) }),
  'lead.add-person': (w, x) => addPersonToLead(w.org.system, { leadId: id(w.names.leadId), personId: id(x.names.personId), role: 'user' }),
  'lead.set-person-role': (w, x) => setPersonRole(w.org.system, { leadId: id(w.names.leadId), personId: id(x.names.personId), role: 'buyer' }),
  'lead.log-contact person': (w, x) => logContact(w.org.system, { leadId: id(w.names.leadId), kind: 'call', outcome: 'no_answer', personId: id(x.names.personId) }),
  'merge.people gone': (w, x) => mergePeople(w.org.system, { keptId: id(w.names.personId), goneId: id(x.names.personId) }),
  'merge.companies gone': (w, x) => mergeCompanies(w.org.system, { keptId: id(w.names.companyId), goneId: id(x.names.companyId) }),
  'merge.answer-different': (w, x) => answerDifferent(w.org.system, { leftId: id(w.names.personId), rightId: id(x.names.personId) }),
  'lead.add product line': (w, x) => addLead(w.org.system, { phone: '13800007777', productLineId: id(x.names.productLineId) }),
  'lead.submit product line': (w, x) => submitLead(w.org.system, { phone: '13800007778', productLineId: id(x.names.productLineId) }),
  'lead.create source': (w, x) => createLead(w.org.system, { phone: '13800007779', source: id(x.names.sourceId) } as never),
  'campaign.create channel': (w, x) => createCampaign(w.org.system, { channelId: id(x.names.channelId), name: `C ${newId('cmp')}` }),
  'member.invite team': (w, x) => inviteMember(w.org.system, { email: `${newId('inv')}@example.com`, role: 'rep', teamId: id(x.names.teamId) } as never),
  'member.add team': (w, x) => addMember(w.org.system, { userId: newId('mem'), name: 'X', email: `${newId('mem')}@example.com`, role: 'rep', teamId: id(x.names.teamId) }),
  'member.move-to-team': (w, x) => moveToTeam(w.org.system, { memberId: id(w.names.memberId), teamId: id(x.names.teamId) }),
  'delivery.replay among ours': (w, x) => replayDeliveries(w.org.system, { deliveryIds: [id(w.names.deliveryId), id(x.names.deliveryId)] }),
}

describe('T23: the second id is asked for as strictly as the first', () => {
  it.each(Object.keys(swaps))('%s', async (name) => {
    const swap = swaps[name]
    const before = [await rowsOf(a.org), await rowsOf(b.org)]
    const refusal: unknown = await swap?.(a, b).catch((error: unknown) => error)
    expect(isRefusal(refusal, 'not-found'), `${name}: ${String(refusal)}`).toBe(true)
    expect([await rowsOf(a.org), await rowsOf(b.org)], 'no effect on either side').toEqual(before)
    // The same call with an id of our own is fine: the refusal was about whose it is.
    const ours: unknown = await swap?.(a, a).catch((error: unknown) => error)
    expect(isRefusal(ours, 'not-found'), `${name} with our own id: ${String(ours)}`).toBe(false)
  })

  it('exposures of a foreign channel or campaign are refused or fall away, and B keeps its own', async () => {
    const before = await rowsOf(b.org)
    const row = { day: '2024-05-01', impressions: 5, clicks: 1 }
    for (const ids of [{ channelId: id(b.names.channelId), campaignId: null }, { channelId: id(a.names.channelId), campaignId: id(b.names.campaignId) }]) {
      const ownBefore = await rowsOf(a.org)
      const answer: unknown = await recordExposures(a.org.system, { rows: [{ ...row, ...ids }] }).catch((error: unknown) => error)
      expect(isRefusal(answer, 'not-found'), String(answer)).toBe(true)
      expect(await rowsOf(a.org)).toEqual(ownBefore)
    }
    expect(await rowsOf(b.org)).toEqual(before)
  })

  it('filters by foreign ids find nothing', async () => {
    const { system } = a.org
    for (const filter of [{ channel: b.names.channelId }, { campaign: b.names.campaignId }, { owner: b.people.rep.memberId }, { source: b.names.sourceId }]) {
      expect((await listLeads(system, filter as never)).rows).toEqual([])
      expect(await countLeads(system, filter as never)).toBe(0)
      expect((await exportLeads(system, filter as never)).rows).toBe(0)
    }
    expect((await listDeliveries(system, { sourceId: id(b.names.sourceId) })).deliveries).toEqual([])
    expect(await listCampaigns(system, { channelId: id(b.names.channelId) })).toEqual([])
    expect((await listDeliveries(system, { after: id(b.names.deliveryId) })).deliveries.some(({ id: one }) => (one as string) === b.names.deliveryId)).toBe(false)
  })

  it('an outcome is laid on a lead of this organisation only, though another has the same external id', async () => {
    const before = await rowsOf(b.org)
    const none = { qualifiedAt: null, gradedAt: null, grade: null, lostAt: null, lostReason: null }
    const rows = [{ rowIndex: 0, externalId: `${b.mark} external`, wonAt: new Date('2024-05-16T00:00:00Z'), amount: 5n, currency: 'CNY', ...none }]
    const [result] = await importOutcomes(a.org.system, { rows, sourceId: id(b.names.sourceId) })
    expect(result).toMatchObject({ result: 'failed', reason: 'lead-unknown' })
    expect(await rowsOf(b.org)).toEqual(before)
  })
})
