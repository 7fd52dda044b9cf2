import { describe, expect, it } from 'vitest'
import { confirmByLink, discardSubmission, processDelivery, receiptState, releaseSubmission, sendConfirmation } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { sha256 } from '~/platform/crypto'
import { keptMails } from '~/platform/mail'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aForm, kept, LI } from './a-form'
import { countIn, deliveryIds, processAll, rowsIn } from './a-source'

const codeOf = async (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))
const DAY_MS = 86_400_000
const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS)

async function anUnconfirmed(more: Record<string, string> = {}) {
  const org = await anOrganisation({ name: 'Acme Pumps' })
  const form = await aForm(org, { doubleOptIn: true })
  const email = `li-${org.orgId.slice(-10)}@xiansuo-tech.cn`
  const answer = await form.post({ ...LI, email, _lang: 'zh-CN', ...more })
  await processAll(org)
  const [deliveryId] = await deliveryIds(org)
  const mails = async () => (await keptMails()).filter(({ to }) => to.address === email)
  const linkIn = (text: string) => /\/confirmation\/([\w-]{43})/.exec(text)?.[1] ?? ''
  return { org, form, answer: kept(answer), deliveryId: deliveryId!, mails, linkIn }
}

describe('a submission that must be confirmed', () => {
  it('is kept and no lead until its link is used; then it is one, once, with the time it came', async () => {
    const { org, form, answer, deliveryId, mails, linkIn } = await anUnconfirmed()
    expect(answer.awaitsConfirmation).toBe(true)
    expect(await receiptState(answer.receipt)).toMatchObject({ state: 'stored' })
    expect(await countIn(org, 'leads', 'inquiries')).toEqual({ leads: 0, inquiries: 0 })
    const asked = (await rowsIn<{ name: string }>(org, 'outbox')).filter(({ name }) => name === 'form.confirmation-asked')
    expect(asked).toHaveLength(1)
    await sendConfirmation(org.system, { deliveryId })
    await sendConfirmation(org.system, { deliveryId })
    const [mail, again] = await mails()
    expect(mail).toMatchObject({ subject: '请确认您给 Acme Pumps 的留言' })
    expect(mail?.messageId).toBe(again?.messageId)
    // Nothing a stranger typed: the form must be no way to write to others.
    expect(mail?.text).not.toContain(LI.message)
    const token = linkIn(mail?.text ?? '')
    expect(token).toBe(linkIn(again?.text ?? ''))
    expect(await rowsIn(org, 'form_submissions')).toMatchObject([{ state: 'unconfirmed', token_sha256: sha256(token).toString('hex') }])
    const confirm = (given: string, now = later(1), formKey = form.formKey) => confirmByLink({ formKey, token: given, now, requestId: 'test' })
    expect(await codeOf(confirm(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`))).toBe('not-found')
    const other = await aForm(org, { doubleOptIn: true })
    expect(await codeOf(confirm(token, later(1), other.formKey))).toBe('not-found')
    await confirm(token)
    await confirm(token)
    await processAll(org)
    await processDelivery({ ...org.system, now: later(1) }, { deliveryId })
    expect(await countIn(org, 'leads', 'inquiries')).toEqual({ leads: 1, inquiries: 1 })
    const [inquiry] = await rowsIn<{ at: string }>(org, 'inquiries')
    expect(new Date(inquiry!.at)).toEqual(NOON)
    await sendConfirmation(org.system, { deliveryId })
    expect(await mails()).toHaveLength(2)
  })

  it('expires after seven days, and cannot be confirmed once it was discarded', async () => {
    const { org, form, deliveryId, mails, linkIn } = await anUnconfirmed()
    await sendConfirmation(org.system, { deliveryId })
    const token = linkIn((await mails())[0]?.text ?? '')
    expect(await codeOf(confirmByLink({ formKey: form.formKey, token, now: later(8), requestId: 'test' }))).toBe('link-expired')
    await discardSubmission(org.system, { deliveryId })
    expect(await codeOf(confirmByLink({ formKey: form.formKey, token, now: later(1), requestId: 'test' }))).toBe('link-expired')
    expect(await countIn(org, 'leads')).toEqual({ leads: 0 })
  })

  it('in quarantine gets no mail before somebody releases it', async () => {
    const { org, deliveryId, mails } = await anUnconfirmed({ fax_number: '1' })
    await sendConfirmation(org.system, { deliveryId })
    expect(await mails()).toHaveLength(0)
    expect(await releaseSubmission(org.system, { deliveryId })).toEqual({ state: 'unconfirmed' })
    await sendConfirmation(org.system, { deliveryId })
    expect(await mails()).toHaveLength(1)
  })
})
