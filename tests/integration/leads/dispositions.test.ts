import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { adoptDispositions, archiveDisposition, keepDisposition, leadDetail, logContact, outcomeChoices, placeDisposition, undoActivity } from '~/domain/leads'
import { momentOfRule } from '~/domain/leads/next-step'
import { activities, auditEntries, leads, people } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const own = { outcome: 'replied', labelEn: 'Sent the catalogue', labelZh: '已发资料', counts: true, isTwoWay: false, nextStep: 'days3' } as const

standingCases(outcomeChoices, { input: () => ({}), foreign: 'names nothing' })
standingCases(adoptDispositions, { input: () => ({}), foreign: 'names nothing' })
standingCases(keepDisposition, { input: async (owner) => ({ ...own, dispositionId: (await keepDisposition(owner.system, own)).dispositionId }) })
standingCases(placeDisposition, { input: async (owner) => ({ ...(await keepDisposition(owner.system, own)), direction: 'up' }) })
standingCases(archiveDisposition, { input: async (owner) => ({ ...(await keepDisposition(owner.system, own)), isArchived: true }) })

describe('the list of outcomes', () => {
  it('is today’s six until something is changed, then the organisation’s own, in its order', async () => {
    const org = await anOrganisation()
    const six = await outcomeChoices(org.system, {})
    expect(six.map(({ id, outcome }) => [id, outcome])).toEqual(['connected', 'no_answer', 'busy', 'wrong_number', 'callback', 'wechat_added'].map((each) => [null, each]))
    const { dispositionId } = await keepDisposition(org.system, own)
    for (let step = 0; step < 5; step += 1) await placeDisposition(org.system, { dispositionId, direction: 'up' })
    const seven = await outcomeChoices(org.system, {})
    expect(seven.map(({ outcome, labels }) => labels?.en ?? outcome)).toEqual(['connected', 'Sent the catalogue', 'no_answer', 'busy', 'wrong_number', 'callback', 'wechat_added'])
    await archiveDisposition(org.system, { dispositionId, isArchived: true })
    expect(await outcomeChoices(org.system, {})).toHaveLength(6)
    expect(await outcomeChoices(org.system, { all: true })).toHaveLength(7)
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.orgId, org.orgId)))
    expect(log.map(({ action }) => action)).toEqual(['disposition.keep', ...Array.from({ length: 5 }, () => 'disposition.place'), 'disposition.archive'])
  })

  it('is never empty, and two-way is a contact', async () => {
    const org = await anOrganisation()
    await adoptDispositions(org.system, {})
    const all = await outcomeChoices(org.system, {})
    for (const { id } of all.slice(1)) await archiveDisposition(org.system, { dispositionId: id ?? 'dsp_x', isArchived: true })
    expect(await refusal(archiveDisposition(org.system, { dispositionId: all[0]?.id ?? 'dsp_x', isArchived: true }))).toBe('conflict')
    expect(await refusal(keepDisposition(org.system, { ...own, counts: false, isTwoWay: true }))).toBe('invalid')
  })
})

describe('what an outcome does', () => {
  it('its effects hold at the time of logging: clock, two-way, next step on the clock of the person', async () => {
    const org = await anOrganisation()
    const { leadId, personId } = await aLead(org)
    await asSuperuser((tx) => tx.update(people).set({ country: 'DE' }).where(eq(people.id, personId)))
    const silent = await keepDisposition(org.system, { ...own, counts: false, nextStep: 'none' })
    await logContact(later(org.system, 1), { leadId, kind: 'call', outcome: 'connected', dispositionId: silent.dispositionId })
    expect(await leadDetail(org.system, { leadId })).toMatchObject({ firstResponseAt: null, lastContactAt: null, hasTwoWayContact: false })
    const spoke = await keepDisposition(org.system, { ...own, outcome: 'no_answer', isTwoWay: true, nextStep: 'tomorrow' })
    const { nextStepAt, activityId } = await logContact(later(org.system, 2), { leadId, kind: 'wechat', detail: 'accepted', direction: 'in', outcome: 'connected', dispositionId: spoke.dispositionId })
    // Nine in Berlin on 16 May is 07:00 UTC.
    expect(nextStepAt).toEqual(new Date('2024-05-16T07:00:00Z'))
    expect(await leadDetail(org.system, { leadId })).toMatchObject({ firstResponseAt: later(org.system, 2).now, hasTwoWayContact: true, nextStepAt })
    const [row] = await asSuperuser((tx) => tx.select().from(activities).where(eq(activities.id, activityId)))
    expect(row).toMatchObject({ outcome: 'no_answer', detail: 'accepted', direction: 'in', counts: true, isTwoWay: true })
    await keepDisposition(org.system, { ...own, dispositionId: spoke.dispositionId, outcome: 'no_answer', isTwoWay: false })
    expect(await leadDetail(org.system, { leadId })).toMatchObject({ hasTwoWayContact: true })
  })

  it('may close the lead as junk, and undoing opens it again', async () => {
    const org = await anOrganisation()
    const rep = await org.as('manager')
    const { leadId } = await aLead(org)
    await logContact(rep, { leadId, kind: 'call', outcome: 'busy', nextStepAt: later(rep, 24).now })
    const { dispositionId } = await keepDisposition(org.system, { ...own, outcome: 'wrong_number', nextStep: 'none', junkReason: 'wrong_number' })
    const { activityId } = await logContact(later(rep, 1), { leadId, kind: 'call', outcome: 'busy', dispositionId })
    expect(await leadDetail(rep, { leadId })).toMatchObject({ verdict: 'junk', junkReason: 'wrong_number', isOpen: false, nextStepAt: null })
    await undoActivity(later(rep, 2), { activityId })
    expect(await leadDetail(rep, { leadId })).toMatchObject({ verdict: 'valid', isOpen: true, nextStepAt: later(rep, 24).now, firstResponseAt: rep.now })
  })

  it('keeps how long somebody spoke, and refuses a detail of another way', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const { activityId } = await logContact(org.system, { leadId, kind: 'call', outcome: 'connected', duration: 125 })
    expect((await asSuperuser((tx) => tx.select().from(activities).where(eq(activities.id, activityId))))[0]).toMatchObject({ durationSeconds: 125 })
    expect(await refusal(logContact(org.system, { leadId, kind: 'call', outcome: 'connected', detail: 'whatsapp' }))).toBe('invalid')
    expect(await refusal(logContact(org.system, { leadId, kind: 'call', outcome: 'connected', dispositionId: 'dsp_01h455vb4pex5vsknk084sn02q' }))).toBe('not-found')
    expect((await asSuperuser((tx) => tx.select().from(leads).where(eq(leads.id, leadId))))[0]?.version).toBe(2)
  })
})

describe('next steps by rule', () => {
  it.each([
    ['hour', '2024-05-15T04:00:00Z', 'Asia/Shanghai', '2024-05-15T05:00:00.000Z'],
    ['tomorrow', '2024-05-15T04:00:00Z', 'Asia/Shanghai', '2024-05-16T01:00:00.000Z'],
    // 23:30 in Shanghai: tomorrow is the day after, there.
    ['tomorrow', '2024-05-15T16:30:00Z', 'Asia/Shanghai', '2024-05-17T01:00:00.000Z'],
    // Clocks in Berlin go forward on 31 March 2024: nine is 07:00 UTC, not 08:00.
    ['tomorrow', '2024-03-30T12:00:00Z', 'Europe/Berlin', '2024-03-31T07:00:00.000Z'],
    ['tomorrow', '2024-10-26T12:00:00Z', 'Europe/Berlin', '2024-10-27T08:00:00.000Z'],
    ['days3', '2024-02-26T04:00:00Z', 'Asia/Shanghai', '2024-02-29T01:00:00.000Z'],
  ] as const)('%s from %s in %s', (rule, now, zone, at) => expect(momentOfRule(rule, new Date(now), zone)?.toISOString()).toBe(at))
  it('none is none', () => expect(momentOfRule('none', NOON, 'UTC')).toBeNull())
})
