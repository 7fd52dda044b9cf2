import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { isRefusal, systemContext } from '~/domain/kernel'
import { inTransaction } from '~/domain/kernel'
import { releasePerson } from '~/domain/leads'
import { cancelMail, forgetMails, liftSuppression, mailDraft, resubscribe, sendLeadMail, sendMail, suppressAddress, suppressionsOf, unsubscribe } from '~/domain/outreach'
import { forgetPerson } from '~/domain/people'
import { identities } from '~db/schema'
import { rowsIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { seeded } from '~tests/support/seed'
import { standingCases } from '~tests/support/standing-cases'
import { actionsOf, aMailableLead, anOrderedMail, eventsOf, mailRow, seconds, sentTo, tokenIn, work } from './a-mail'

const codeOf = async (asked: Promise<unknown>) => asked.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))

async function aSentMail(org: TestOrganisation) {
  const rep = await org.as('rep')
  const lead = await aMailableLead(org, rep)
  const { mailId } = await anOrderedMail(rep, lead)
  await work(org, mailId)
  const token = tokenIn((await sentTo(lead.address))[0]?.text ?? '')
  return { rep, lead, mailId, token, asked: { token, now: NOON, requestId: 'test' } }
}

describe('who wants no mail', () => {
  it('gets none from that moment, in any spelling, from any lead of the organisation; and again once the person takes it back', async () => {
    const org = await anOrganisation()
    const { rep, lead, asked, mailId } = await aSentMail(org)
    const waiting = await anOrderedMail(rep, lead)
    await unsubscribe(asked)
    await unsubscribe(asked)
    expect(await work(org, waiting.mailId)).toBe('suppressed')
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
    const [local, domain] = lead.address.split('@')
    await asSuperuser((tx) => tx.update(identities).set({ shown: `${(local ?? '').toUpperCase()}@${domain ?? ''}` }).where(eq(identities.personId, lead.personId)))
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
    expect((await mailDraft(rep, { leadId: lead.leadId })).people[0]?.addresses[0]?.suppression).toEqual({ reason: 'unsubscribed', at: NOON })
    expect(await rowsIn(org, 'outreach_suppressions')).toMatchObject([{ reason: 'unsubscribed', by: 'person' }])
    expect(JSON.stringify(await rowsIn(org, 'outreach_suppressions'))).not.toContain(local)
    expect((await eventsOf(org, /^mail\.(?:unsubscribed|suppressed)/)).map(({ name, payload }) => [name, payload['mailId']])).toEqual([['mail.unsubscribed', mailId], ['mail.suppressed', waiting.mailId]])
    await resubscribe(asked)
    await resubscribe(asked)
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('done')
    expect((await actionsOf(org)).filter((action) => /subscribe/.test(action))).toEqual(['mail.unsubscribe', 'mail.resubscribe'])
    expect(await eventsOf(org, /^suppression/)).toHaveLength(1)
  })

  it('another organisation may still write to the same address', async () => {
    const [org, other] = [await anOrganisation(), await anOrganisation({ name: 'Other' })]
    const { lead, asked } = await aSentMail(org)
    await unsubscribe(asked)
    const rep = await other.as('rep')
    expect(await codeOf(anOrderedMail(rep, await aMailableLead(other, rep, { address: lead.address })))).toBe('done')
  })

  it('a token that is wrong, of another purpose or made up changes nothing', async () => {
    const org = await anOrganisation()
    const { token } = await aSentMail(org)
    const wrong = [token.slice(1), `${token}A`, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, token.toUpperCase(), '', "' or 1=1 --", 'A'.repeat(43), 'x'.repeat(100_000)]
    for (const each of wrong) await unsubscribe({ token: each, now: NOON, requestId: 'test' })
    expect(await rowsIn(org, 'outreach_suppressions')).toEqual([])
  })

  it('a link works a year and a half later', async () => {
    const org = await anOrganisation()
    const { rep, lead, token } = await aSentMail(org)
    await unsubscribe({ token, now: new Date(NOON.getTime() + 550 * 86_400_000), requestId: 'test' })
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
  })

  it('by hand: stopped and lifted with a reason; what the person said only the person lifts', async () => {
    const org = await anOrganisation()
    const { rep, lead, asked } = await aSentMail(org)
    const about = { personId: lead.personId, to: lead.to }
    await suppressAddress(rep, about)
    await suppressAddress(rep, about)
    expect(await suppressionsOf(rep, { personId: lead.personId })).toEqual([{ key: lead.to, reason: 'by-hand', at: NOON }])
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
    expect(await codeOf(liftSuppression(rep, { ...about, reason: 'set-by-mistake' }))).toBe('not-allowed')
    const manager = await org.as('manager')
    expect(await codeOf(liftSuppression(manager, { ...about, reason: '' as never }))).toBe('invalid')
    await liftSuppression(manager, { ...about, reason: 'set-by-mistake' })
    await liftSuppression(manager, { ...about, reason: 'set-by-mistake' })
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('done')
    await unsubscribe(asked)
    await suppressAddress(rep, about)
    expect(await rowsIn(org, 'outreach_suppressions')).toMatchObject([{ reason: 'unsubscribed' }])
    expect(await codeOf(liftSuppression(manager, { ...about, reason: 'person-asked' }))).toBe('does-not-want-mail')
    expect(await suppressionsOf(rep, { personId: lead.personId })).toMatchObject([{ reason: 'unsubscribed' }])
    expect((await actionsOf(org)).filter((action) => action.startsWith('suppression'))).toEqual(['suppression.add', 'suppression.lift'])
    expect(await eventsOf(org, /^suppression/)).toHaveLength(2)
  })

  it('a stop by hand is not lifted by somebody\'s old link', async () => {
    const org = await anOrganisation()
    const { rep, lead, asked } = await aSentMail(org)
    await suppressAddress(rep, { personId: lead.personId, to: lead.to })
    await resubscribe(asked)
    expect(await codeOf(anOrderedMail(rep, lead))).toBe('does-not-want-mail')
  })

  it('outlives the person: erased and come again, the address still gets nothing', async () => {
    const org = await anOrganisation()
    const { rep, lead, asked } = await aSentMail(org)
    await unsubscribe(asked)
    await inTransaction(org.system, 'read write', async (tx) => {
      await releasePerson({ ...org.system, tx }, lead.personId)
      await forgetPerson({ ...org.system, tx }, lead.personId)
    })
    expect(await eventsOf(org, /^people\.forgotten/)).toEqual([{ name: 'people.forgotten', payload: { personId: lead.personId } }])
    await forgetMails(systemContext(org.orgId, 'forget-mails', NOON), { personId: lead.personId })
    const again = await aMailableLead(org, rep, { address: lead.address })
    expect(await codeOf(anOrderedMail(rep, again))).toBe('does-not-want-mail')
  })

  it('random orders of write, work, stop, lift, take back and try again by the verbs themselves: nothing leaves after a stop', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    const manager = await org.as('manager')
    const steps = fc.array(fc.constantFrom('write', 'write', 'write', 'work', 'work', 'work', 'stop', 'person-stops', 'lift', 'person-again', 'cancel', 'forget'), { minLength: 5, maxLength: 10 })
    let left = 0
    await fc.assert(fc.asyncProperty(steps, async (order) => {
      const lead = await aMailableLead(org, rep)
      const about = { personId: lead.personId, to: lead.to }
      let [clock, byHand, byPerson] = [0, false, false]
      const mails: { mailId: Parameters<typeof mailRow>[1]; isBack: boolean }[] = []
      for (const step of order) {
        clock += 11
        const [as, boss] = [seconds(rep, clock), seconds(manager, clock)]
        const [newest] = mails.slice(-1)
        if (step === 'write') {
          const written = await sendLeadMail(as, { leadId: lead.leadId, personId: lead.personId, to: lead.to, subject: 'S', body: 'B' }).catch((error: unknown) => { if (isRefusal(error, 'does-not-want-mail')) return null; throw error })
          expect(written === null).toBe(byHand || byPerson)
          if (written !== null) mails.push({ mailId: written.mailId, isBack: false })
        }
        if (step === 'stop') { await suppressAddress(as, about); byHand = !byPerson || byHand }
        if (step === 'lift') { const done = await codeOf(liftSuppression(boss, { ...about, reason: 'person-asked' })); if (done === 'done') byHand = false; expect(done).toBe(byPerson ? 'does-not-want-mail' : 'done') }
        const sent = await sentTo(lead.address)
        const token = tokenIn(sent[0]?.text ?? '')
        if (step === 'person-stops' && token !== '') { await unsubscribe({ token, now: as.now, requestId: 'test' }); byPerson = true; byHand = false }
        if (step === 'person-again' && token !== '') { await resubscribe({ token, now: as.now, requestId: 'test' }); byPerson = false }
        if (step === 'cancel' && newest !== undefined && (await codeOf(cancelMail(as, { mailId: newest.mailId }))) === 'done') newest.isBack = true
        if (step === 'forget') await forgetMails(org.system, { personId: lead.personId })
        if (step !== 'work') continue
        for (const { mailId, isBack } of mails) {
          const state = await sendMail(seconds(org.system, clock), { mailId })
          if (state === 'sent') { left += 1; expect([byHand, byPerson, isBack]).toEqual([false, false, false]) }
        }
        expect((await sentTo(lead.address)).length, 'handed over').toBe((await Promise.all(mails.map(({ mailId }) => mailRow(org, mailId)))).filter(({ state }) => state === 'sent').length)
      }
    }), seeded({ numRuns: 20 }))
    expect(left).toBeGreaterThan(2)
  }, 30_000)
})

const anyAddress = async (owner: TestOrganisation) => { const { personId, to } = await aMailableLead(owner, null); return { personId, to } }
standingCases(suppressAddress, { input: anyAddress })
standingCases(liftSuppression, { input: async (owner) => ({ ...(await anyAddress(owner)), reason: 'person-asked' }) })
standingCases(suppressionsOf, { input: async (owner) => ({ personId: (await anyAddress(owner)).personId }) })
