import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addNote, logContact, setChecklist, snoozeLead, undoActivity } from '~/domain/leads'
import type { Id } from '~/lib/ids'
import { activities, leadChanges, leads, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aLead, later } from './a-lead'

standingCases(logContact, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, kind: 'call', outcome: 'busy' }) })
standingCases(addNote, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, note: 'Boss decides' }) })
standingCases(setChecklist, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, need: 'yes' }) })
standingCases(snoozeLead, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId, until: later(owner.system, 24).now }) })
standingCases(undoActivity, { input: async (owner) => addNote(owner.system, { leadId: (await aLead(owner)).leadId, note: 'x' }) })

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
const rowOf = (leadId: Id<'lead'>) => asSuperuser(async (tx) => (await tx.select().from(leads).where(eq(leads.id, leadId)))[0])

describe('contacts', () => {
  it('stop the clock once, follow the newest contact and carry the next step', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const next = later(org.system, 20).now
    await logContact(later(org.system, 1), { leadId, kind: 'call', outcome: 'no_answer', nextStepAt: next })
    expect(await rowOf(leadId)).toMatchObject({ firstResponseAt: later(org.system, 1).now, lastContactAt: later(org.system, 1).now, nextStepAt: next, version: 2 })
    await logContact(later(org.system, 3), { leadId, kind: 'wechat', outcome: 'replied', nextStepAt: null, note: ' Budget in December ' })
    expect(await rowOf(leadId)).toMatchObject({ firstResponseAt: later(org.system, 1).now, lastContactAt: later(org.system, 3).now, nextStepAt: null })
    const events = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events.map(({ name }) => name)).toEqual(['task.changed', 'lead.contact-logged', 'task.changed', 'lead.contact-logged'])
  })

  it('are undone by their actor within a day: clocks and next step go back', async () => {
    const org = await anOrganisation()
    const [li, wang] = [await org.as('manager'), await org.as('manager')]
    const { leadId } = await aLead(org)
    const next = later(li, 20).now
    await logContact(later(li, 1), { leadId, kind: 'call', outcome: 'no_answer', nextStepAt: next })
    const { activityId } = await logContact(later(li, 2), { leadId, kind: 'call', outcome: 'connected' })
    expect(await refusal(undoActivity(wang, { activityId }))).toBe('not-allowed')
    expect(await refusal(undoActivity(later(li, 27), { activityId }))).toBe('undo-too-late')
    await undoActivity(later(li, 3), { activityId })
    expect(await rowOf(leadId)).toMatchObject({ firstResponseAt: later(li, 1).now, lastContactAt: later(li, 1).now, nextStepAt: next })
    const kept = await asSuperuser((tx) => tx.select().from(activities).where(eq(activities.leadId, leadId)))
    expect(kept).toHaveLength(2)
    expect(kept.filter(({ undoneAt }) => undoneAt !== null).map(({ id }) => id)).toEqual([activityId])
  })

  it('when the only one is undone, nobody has answered', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const { activityId } = await logContact(later(org.system, 1), { leadId, kind: 'call', outcome: 'busy' })
    await undoActivity(later(org.system, 2), { activityId })
    expect(await rowOf(leadId)).toMatchObject({ firstResponseAt: null, lastContactAt: null })
  })

  it('do not lie ahead, and name people of the lead only', async () => {
    const org = await anOrganisation()
    const { leadId } = await aLead(org)
    const other = await aLead(org)
    const contact = { leadId, kind: 'call', outcome: 'busy' } as const
    expect(await refusal(logContact(org.system, { ...contact, at: later(org.system, 1).now }))).toBe('invalid')
    expect(await refusal(logContact(org.system, { ...contact, personId: other.personId }))).toBe('not-found')
  })
})

it('a note stops no clock', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org)
  await addNote(org.system, { leadId, note: 'Boss decides' })
  expect(await rowOf(leadId)).toMatchObject({ firstResponseAt: null, version: 1 })
})

it('a lead rests until a moment ahead, and says what it was before', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org)
  const until = later(org.system, 24).now
  expect(await snoozeLead(org.system, { leadId, until })).toMatchObject({ previous: null })
  expect(await snoozeLead(org.system, { leadId, until: null })).toMatchObject({ previous: until })
  expect(await refusal(snoozeLead(org.system, { leadId, until: NOON }))).toBe('invalid')
  const closed = await aLead(org, { isOpen: false })
  expect(await refusal(snoozeLead(org.system, { leadId: closed.leadId, until }))).toBe('lead-closed')
})

it('checklist answers are kept one change a row; the same again is none', async () => {
  const org = await anOrganisation()
  const { leadId } = await aLead(org)
  await setChecklist(org.system, { leadId, need: 'yes', budget: 'no' })
  expect(await setChecklist(org.system, { leadId, need: 'yes' })).toMatchObject({ checklist: { need: 'yes', budget: 'no', authority: 'unknown', timing: 'unknown' }, version: 2 })
  const changes = await asSuperuser((tx) => tx.select().from(leadChanges).where(eq(leadChanges.leadId, leadId)).orderBy(leadChanges.id))
  expect(changes.map(({ before, after }) => [before, after])).toEqual([['need:unknown', 'need:yes'], ['budget:unknown', 'budget:no']])
})
