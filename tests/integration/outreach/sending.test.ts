import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '~/domain/kernel'
import { leadDetail, leadTimeline, undoActivity } from '~/domain/leads'
import { cancelMail, forgetMails, liftSuppression, mailDetail, mailDraft, orderDueMails, sendLeadMail, sendMail, suppressAddress } from '~/domain/outreach'
import { tokenHash } from '~/domain/outreach/send-lead-mail'
import { fromUuid } from '~/lib/ids'
import { env, forgetEnv } from '~/platform/env'
import { identities, leads } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { rowsIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation } from '~tests/support/organisations'
import { anSmtpServer } from '~tests/support/smtp-server'
import { asVerb, standingCases } from '~tests/support/standing-cases'
import { actionsOf, aMailableLead, anOrderedMail, bodiesOf, eventsOf, mailRow, seconds, sentTo, tokenIn, work } from './a-mail'

const codeOf = async (asked: Promise<unknown>) => asked.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))
const asRep = (org: Awaited<ReturnType<typeof anOrganisation>>) => org.as('rep')

describe('a mail to somebody on a lead', () => {
  it('waits ten seconds, leaves under the rep\'s name, and is a contact that stops the clock, once', async () => {
    const org = await anOrganisation({ name: 'Acme Pumps' })
    const rep = await org.as('rep', { name: 'Li Lei' })
    const lead = await aMailableLead(org, rep)
    const { mailId, sendAfter } = await anOrderedMail(rep, lead, { subject: 'Your pumps', body: 'Dear Ms Chen,\n\nhere it is.' })
    expect(sendAfter).toEqual(seconds(rep, 10).now)
    expect(await work(org, mailId, 9)).toBeNull()
    expect(await sentTo(lead.address)).toHaveLength(0)
    expect((await leadDetail(rep, { leadId: lead.leadId })).firstResponseAt).toBeNull()
    expect(await work(org, mailId, 10)).toBe('sent')
    expect(await work(org, mailId, 11)).toBeNull()
    const [mail, ...more] = await sentTo(lead.address)
    expect(more).toEqual([])
    expect(mail).toMatchObject({ subject: 'Your pumps', messageId: `<${mailId}@localhost>`, fromName: 'Li Lei', to: { name: 'Chen Yuting' }, replyTo: { name: 'Li Lei' }, headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } })
    expect(mail?.text).toMatch(/^Dear Ms Chen,\n\nhere it is\.\n\n-- \nAcme Pumps · /)
    expect(mail?.html).toContain('<p style="margin:0 0 1em">here it is.</p>')
    const detail = await leadDetail(rep, { leadId: lead.leadId })
    expect(detail.firstResponseAt).toEqual(seconds(rep, 10).now)
    expect(detail.hasTwoWayContact).toBe(false)
    const activities = await rowsIn(org, 'activities')
    expect(activities).toMatchObject([{ kind: 'email', outcome: 'sent', counts: true, is_two_way: false, direction: 'out' }])
    const { days } = await leadTimeline(rep, { leadId: lead.leadId })
    expect(days.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'mail' || kind === 'activity')).toMatchObject([{ kind: 'mail', subject: 'Your pumps', state: 'sent', person: 'Chen Yuting', actor: 'Li Lei' }])
    expect((await eventsOf(org, /^(?:mail|lead\.contact)/)).map(({ name }) => name)).toEqual(['mail.ordered', 'lead.contact-logged', 'mail.sent'])
    expect(await actionsOf(org)).toEqual(expect.arrayContaining(['mail.order', 'mail.settle', 'lead.log-sent-mail']))
    // What was sent stays sent.
    expect(await codeOf(undoActivity(rep, { activityId: fromUuid('act', String(activities[0]?.['id'])) }))).toBe('conflict')
  })

  it('says nothing of the person in its facts, its events and the log', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep, { address: 'canary.person@secret-corp.example' })
    const { mailId } = await anOrderedMail(rep, lead, { subject: 'canary subject', body: 'canary body' })
    await work(org, mailId)
    for (const table of ['outreach_mails', 'outbox', 'audit_entries', 'activities', 'outreach_suppressions', 'outreach_keys']) expect(JSON.stringify(await rowsIn(org, table)), table).not.toMatch(/canary/)
    const [body] = await bodiesOf(org)
    expect(body).toMatchObject({ address: 'canary.person@secret-corp.example', subject: 'canary subject', token: null })
    const token = tokenIn((await sentTo(lead.address))[0]?.text ?? '')
    expect((await mailRow(org, mailId)).token_hash).toBe(tokenHash(token))
  })

  it('goes only to an address of a person on this lead, chosen by its name', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    const other = await aMailableLead(org, rep)
    const colleague = await aMailableLead(org, await org.as('rep'))
    const write = (more: object) => codeOf(sendLeadMail(rep, { leadId: lead.leadId, personId: lead.personId, to: lead.to, subject: 'S', body: 'B', ...more }))
    expect(await write({ to: 'wang@evil.example' })).toBe('invalid')
    expect(await write({ to: 'f'.repeat(24) })).toBe('not-found')
    expect(await write({ to: other.to })).toBe('not-found')
    expect(await write({ personId: other.personId, to: other.to })).toBe('not-found')
    expect(await write({ leadId: colleague.leadId, personId: colleague.personId, to: colleague.to })).toBe('not-found')
    expect(await write({ subject: ' \r\n ' })).toBe('invalid')
    expect(await write({ body: 'Dear [[person.title]],' })).toBe('invalid')
    expect(await write({ body: 'x'.repeat(10_001) })).toBe('invalid')
    expect(await codeOf(sendLeadMail(org.system, { leadId: lead.leadId, personId: lead.personId, to: lead.to, subject: 'S', body: 'B' }))).toBe('not-allowed')
    expect(await rowsIn(org, 'outreach_mails')).toEqual([])
    expect(await write({})).toBe('done')
  })

  it('is taken back until it leaves, by whoever wrote it', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    const { mailId } = await anOrderedMail(rep, lead)
    expect(await codeOf(cancelMail(await org.as('manager'), { mailId }))).toBe('not-allowed')
    expect(await cancelMail(seconds(rep, 5), { mailId })).toEqual({ state: 'cancelled' })
    expect(await cancelMail(seconds(rep, 6), { mailId })).toEqual({ state: 'cancelled' })
    expect(await work(org, mailId)).toBeNull()
    expect(await sentTo(lead.address)).toHaveLength(0)
    expect((await leadDetail(rep, { leadId: lead.leadId })).lastContactAt).toBeNull()
    const sent = await anOrderedMail(rep, lead)
    await work(org, sent.mailId)
    expect(await codeOf(cancelMail(seconds(rep, 12), { mailId: sent.mailId }))).toBe('mail-gone')
    expect((await eventsOf(org, /^mail\.cancelled/))).toHaveLength(1)
    expect((await actionsOf(org)).filter((action) => action === 'mail.cancel')).toHaveLength(1)
  })

  it('the schedule orders what is due, once, and a job that was ordered before no longer counts', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const { mailId } = await anOrderedMail(rep, await aMailableLead(org, rep))
    expect(await orderDueMails(seconds(rep, 9).now)).toBe(0)
    expect(await orderDueMails(seconds(rep, 10).now)).toBe(1)
    expect(await orderDueMails(seconds(rep, 12).now)).toBe(0)
    const [due] = await eventsOf(org, /^mail\.due/)
    expect(due?.payload).toMatchObject({ mailId })
    // The worker of that job died before it began: after ten minutes it is ordered anew, and the old job finds nothing to do.
    expect(await orderDueMails(seconds(rep, 611).now)).toBe(1)
    expect(await sendMail(seconds(org.system, 612), { mailId, due: String(due?.payload['due']) })).toBeNull()
    const [, again] = await eventsOf(org, /^mail\.due/)
    expect(await sendMail(seconds(org.system, 612), { mailId, due: String(again?.payload['due']) })).toBe('sent')
  })

  it('a mail of a lead that was merged meanwhile is a contact of the one that stands', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    const standing = await aLead(org, { ownerId: rep.actor.kind === 'user' ? rep.actor.memberId : null })
    const { mailId } = await anOrderedMail(rep, lead)
    await asSuperuser((tx) => tx.update(leads).set({ duplicateOf: standing.leadId, isOpen: false }).where(eq(leads.id, lead.leadId)))
    expect(await work(org, mailId)).toBe('sent')
    expect((await leadDetail(rep, { leadId: standing.leadId })).firstResponseAt).toEqual(seconds(rep, 11).now)
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('lead-duplicate')
  })
})

describe('a server that does not take it', () => {
  it('for good: failed, told, and no contact; not now: again under the same Message-ID; no answer: maybe', async () => {
    const server = await anSmtpServer({ rcpt: '550 no such user' })
    process.env['SMTP_URL'] = server.url
    forgetEnv()
    try {
      const org = await anOrganisation()
      const rep = await asRep(org)
      const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
      const lead = await aMailableLead(org, rep)
      const refused = await anOrderedMail(rep, lead)
      expect(await work(org, refused.mailId)).toBe('failed')
      expect(await mailRow(org, refused.mailId)).toMatchObject({ state: 'failed', problem: 'refused', activity_id: null })
      expect(await eventsOf(org, /^mail\.failed/)).toMatchObject([{ payload: { mailId: refused.mailId, leadId: lead.leadId, memberId, problem: 'refused' } }])
      expect((await leadDetail(rep, { leadId: lead.leadId })).lastContactAt).toBeNull()
      const slow = await anOrderedMail(rep, lead)
      server.answers.rcpt = '451 busy'
      expect(await work(org, slow.mailId)).toBe('queued')
      server.answers.rcpt = '250 ok'
      server.answers.taken = 'drop'
      expect(await work(org, slow.mailId, 11)).toBeNull()
      expect(await work(org, slow.mailId, 72)).toBe('queued')
      expect(await mailRow(org, slow.mailId)).toMatchObject({ state: 'queued', maybe_sent: true, attempts: 2 })
      server.answers.taken = '250 kept'
      expect(await work(org, slow.mailId, 72 + 121)).toBe('sent')
      const ids = server.mails.map((mail) => /^message-id: *(\S+)/im.exec(mail)?.[1])
      expect(ids).toEqual([`<${slow.mailId}@localhost>`, `<${slow.mailId}@localhost>`])
      expect(await rowsIn(org, 'activities')).toHaveLength(1)
    } finally {
      delete process.env['SMTP_URL']
      forgetEnv()
      await server.close()
    }
  })

  it('an address that does not exist is not written to again before somebody has looked', async () => {
    const server = await anSmtpServer({ rcpt: '550 5.1.1 no such user' })
    process.env['SMTP_URL'] = server.url
    forgetEnv()
    try {
      const org = await anOrganisation()
      const rep = await asRep(org)
      const lead = await aMailableLead(org, rep)
      expect(await work(org, (await anOrderedMail(rep, lead)).mailId)).toBe('failed')
      expect(await rowsIn(org, 'outreach_suppressions')).toMatchObject([{ reason: 'bounced', by: 'server' }])
      expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
      expect(await actionsOf(org)).toContain('suppression.bounce')
      await liftSuppression(await org.as('manager'), { personId: lead.personId, to: lead.to, reason: 'address-works' })
      expect(await codeOf(anOrderedMail(rep, lead))).toBe('done')
    } finally {
      delete process.env['SMTP_URL']
      forgetEnv()
      await server.close()
    }
  })

  it('in production without SMTP nothing is written that could not be sent', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    Object.assign(env(), { production: true })
    try {
      expect(await codeOf(anOrderedMail(rep, lead))).toBe('mail-not-set-up')
      expect((await mailDraft(rep, { leadId: lead.leadId })).route).toEqual({ leaves: false, isShown: false })
    } finally {
      forgetEnv()
    }
  })
})

describe('what somebody may see of a mail', () => {
  it('the address covered for whoever does not own the lead; numbers in the text for whoever neither wrote it nor owns it', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const manager = await org.as('manager')
    const lead = await aMailableLead(org, rep, { address: 'wang@corp.example' })
    const { mailId } = await anOrderedMail(rep, lead, { body: 'Call me: 138 0000 6027' })
    expect((await mailDetail(rep, { mailId })).said).toEqual({ address: 'wang@corp.example', subject: 'Hello', body: 'Call me: 138 0000 6027' })
    expect((await mailDetail(manager, { mailId })).said).toEqual({ address: 'w***@corp.example', subject: 'Hello', body: 'Call me: ****27' })
    expect(await codeOf(mailDetail(await org.as('rep'), { mailId }))).toBe('not-found')
    expect((await mailDraft(manager, { leadId: lead.leadId })).people[0]?.addresses).toMatchObject([{ shown: 'w***@corp.example', isMasked: true, suppression: null }])
    expect((await mailDraft(rep, { leadId: lead.leadId })).people[0]?.addresses).toMatchObject([{ shown: 'wang@corp.example', isMasked: false }])
  })

  it('after an erasure: that there was a mail, and nothing of it; one that waited does not leave', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    const sent = await anOrderedMail(rep, lead)
    await work(org, sent.mailId)
    await suppressAddress(rep, { personId: lead.personId, to: lead.to })
    const waiting = await aMailableLead(org, rep, { address: `second-${lead.address}` })
    const second = await anOrderedMail(rep, waiting)
    expect(await forgetMails(org.system, { personId: lead.personId })).toBe(1)
    expect(await forgetMails(org.system, { personId: lead.personId })).toBe(0)
    expect(await forgetMails(org.system, { personId: waiting.personId })).toBe(1)
    expect(await bodiesOf(org)).toEqual([])
    expect((await mailDetail(rep, { mailId: sent.mailId })).said).toBeNull()
    expect(await work(org, second.mailId)).toBe('failed')
    expect(await mailRow(org, second.mailId)).toMatchObject({ problem: 'erased' })
    expect(await sentTo(waiting.address)).toHaveLength(0)
    expect(await rowsIn(org, 'outreach_suppressions')).toHaveLength(1)
    expect(await actionsOf(org)).toContain('mail.forget')
  })

  it('an address that is no longer the person\'s gets nothing', async () => {
    const org = await anOrganisation()
    const rep = await asRep(org)
    const lead = await aMailableLead(org, rep)
    const { mailId } = await anOrderedMail(rep, lead)
    await asSuperuser((tx) => tx.delete(identities).where(eq(identities.personId, lead.personId)))
    expect(await work(org, mailId)).toBe('failed')
    expect(await mailRow(org, mailId)).toMatchObject({ problem: 'address-gone' })
  })
})

const anyMail = async (owner: Awaited<ReturnType<typeof anOrganisation>>) => {
  const rep = await asRep(owner)
  return (await anOrderedMail(rep, await aMailableLead(owner, rep))).mailId
}
const aRep = (stranger: Awaited<ReturnType<typeof anOrganisation>>) => stranger.as('manager')
standingCases(sendLeadMail, { asker: aRep, input: async (owner) => { const { leadId, personId, to } = await aMailableLead(owner, null); return { leadId, personId, to, subject: 'S', body: 'B' } } })
standingCases(cancelMail, { asker: aRep, input: async (owner) => ({ mailId: await anyMail(owner) }) })
standingCases(mailDetail, { input: async (owner) => ({ mailId: await anyMail(owner) }) })
standingCases(mailDraft, { asker: aRep, input: async (owner) => ({ leadId: (await aMailableLead(owner, null)).leadId }) })
standingCases(asVerb(sendMail, { name: 'mail.take-up', permission: 'leads:write' }), { input: async (owner) => ({ mailId: await anyMail(owner) }) })
