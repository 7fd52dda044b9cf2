import { describe, expect, it } from 'vitest'
import { archiveForm, createForm, discardSubmission, formDetail, listForms, listFormSubmissions, processDelivery, publishForm, receiptState, releaseSubmission, shownForm, updateForm } from '~/domain/capture'
import { createChannel } from '~/domain/channels'
import { isRefusal } from '~/domain/kernel'
import { sealTime } from '~/domain/capture/forms/sealed-time'
import { consentHash } from '~/domain/capture/forms/published-form'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aForm, kept, LI, SITE } from './a-form'
import { countIn, deliveryIds, processAll, rowsIn } from './a-source'

const codeOf = async (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (isRefusal(error) ? error.code : String(error)))
const said = (en: string, zh = '') => ({ en, 'zh-CN': zh })
const MARKETING = { key: 'news', purpose: 'mail' as const, isRequired: false, text: said('You may write to me about products.', '同意接收产品资讯。') }

describe('a form', () => {
  it('is made with a source, takes nothing until it is published, and keeps every version', async () => {
    const org = await anOrganisation()
    const { channelId } = await createChannel(org.system, { name: 'Web', kind: 'content' })
    const { formId, formKey } = await createForm(org.system, { name: 'Contact', channelId })
    expect(await codeOf(shownForm(formKey, NOON))).toBe('unknown-source')
    await updateForm(org.system, { formId, definition: { consents: [MARKETING] } })
    expect(await publishForm(org.system, { formId })).toEqual({ version: 1 })
    expect(await publishForm(org.system, { formId })).toEqual({ version: 1 })
    await updateForm(org.system, { formId, definition: { consents: [{ ...MARKETING, text: said('New words.', '新的内容。') }] } })
    expect(await formDetail(org.system, { formId })).toMatchObject({ status: 'published', version: 1, isChanged: true })
    expect(await publishForm(org.system, { formId })).toEqual({ version: 2 })
    const detail = await formDetail(org.system, { formId })
    expect(detail.versions.map(({ version }) => version)).toEqual([2, 1])
    // Two wordings in two languages each.
    expect(detail.texts.map(({ sha256 }) => sha256)).toHaveLength(4)
    expect(detail.texts.map(({ sha256 }) => sha256)).toContain(consentHash('You may write to me about products.'))
    expect(await listForms(org.system, {})).toMatchObject([{ name: 'Contact', status: 'published', isChanged: false, channel: 'Web', month: 0, waiting: 0 }])
    const actions = (await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('form.')).sort()).toEqual(['form.create', 'form.publish', 'form.publish', 'form.update', 'form.update'])
    const events = (await rowsIn<{ name: string }>(org, 'outbox')).filter(({ name }) => name === 'form.changed')
    expect(events).toHaveLength(5)
  })

  it('refuses what nobody could fill in, a taken name, and an origin that is none', async () => {
    const org = await anOrganisation()
    const { formId } = await createForm(org.system, { name: 'Contact' })
    expect(await codeOf(createForm(org.system, { name: 'Contact' }))).toBe('name-taken')
    const choice = { key: 'q1', kind: 'choice', label: said('Size'), options: [] }
    await updateForm(org.system, { formId, definition: { fields: [choice] } })
    const refusal: unknown = await publishForm(org.system, { formId }).catch((error: unknown) => error)
    expect(isRefusal(refusal, 'invalid') && refusal.fields).toEqual({ 'fields.0.options': ['required'] })
    for (const definition of [{ origins: ['javascript:alert(1)'] }, { redirect: 'javascript:alert(1)' }, { redirect: 'https://user:pass@acme.example/' }, { fields: [{ ...choice, key: '__proto__' }] }, { fields: [choice, choice] }]) {
      expect(await codeOf(updateForm(org.system, { formId, definition })), JSON.stringify(definition)).toBe('invalid')
    }
    await updateForm(org.system, { formId, definition: { origins: ['https://Acme.Example/contact?x=1'] } })
    expect((await formDetail(org.system, { formId })).draft.origins).toEqual(['https://acme.example'])
  })

  it('that is put away answers 410 and keeps the attempt; brought back it takes messages again', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    expect(await archiveForm(org.system, { formId: form.formId, isArchived: true })).toEqual({ status: 'archived' })
    expect(await codeOf(form.post(LI))).toBe('source-paused')
    expect(await archiveForm(org.system, { formId: form.formId, isArchived: false })).toEqual({ status: 'published' })
    expect((await form.post(LI)).kind).toBe('kept')
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['rejected', 'processed'])
  })
})

describe('a submission', () => {
  it('is a delivery before it is answered, then a lead with its answers, campaign and click ids', async () => {
    const org = await anOrganisation()
    const form = await aForm(org, { consents: [MARKETING], fields: [
      { key: 'full_name', kind: 'full_name', isRequired: true } as never, { key: 'email', kind: 'email' } as never, { key: 'mobile', kind: 'mobile' } as never, { key: 'company', kind: 'company' } as never, { key: 'message', kind: 'message' } as never,
      { key: 'q1', kind: 'choice', label: said('Team size', '团队规模'), options: [{ value: 'o1', label: said('1–10', '1–10 人') }, { value: 'o2', label: said('11+', '11 人以上') }] } as never,
    ] })
    const hash = consentHash('同意接收产品资讯。')
    const answer = kept(await form.post({
      ...LI, q1: 'o2', 'consent.news': hash, _lang: 'zh-CN', _page: 'https://www.acme.example/price?utm_source=google&utm_campaign=Spring&gclid=AbC-1', _referrer: 'https://www.google.com/',
      _first_page: 'https://www.acme.example/?utm_source=baidu&bd_vid=999', _first_at: '2024-05-01T08:00:00Z', _visitor: 'v_0123456789abcdef',
    }))
    expect(await receiptState(answer.receipt)).toMatchObject({ state: 'stored', connector: 'form' })
    expect(await rowsIn(org, 'deliveries')).toMatchObject([{ way: 'form', connector: 'form', reply_status: 200 }])
    expect(await processAll(org)).toMatchObject([{ verdict: 'processed' }])
    expect(await receiptState(answer.receipt)).toMatchObject({ state: 'processed' })
    expect(await countIn(org, 'inquiries', 'leads', 'people', 'companies', 'touches')).toMatchObject({ inquiries: 1, leads: 1, people: 1, companies: 1 })
    const [details] = await rowsIn<{ answers: object[]; external: object }>(org, 'inquiry_details')
    expect(details).toMatchObject({
      message: '请报价', answers: [{ question: '团队规模', answer: '11 人以上' }], click_ids: { gclid: 'AbC-1' }, utm: { utm_source: 'google', utm_campaign: 'Spring' }, referrer: 'https://www.google.com/',
      external: { form_id: form.formId, form_version: '1', visitor_id: 'v_0123456789abcdef', first_utm_source: 'baidu', first_bd_vid: '999' },
    })
    expect(await rowsIn(org, 'form_consents')).toMatchObject([{ consent: 'news', purpose: 'mail', text_sha256: hash, locale: 'zh-CN', is_given: true }])
    expect(await rowsIn(org, 'form_submissions')).toMatchObject([{ state: 'accepted', reasons: [], version: 1, locale: 'zh-CN' }])
  })

  it('pressed twice, in another encoding, is one; with a word changed it is another', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    const fields = { ...LI, _id: 'one-showing-0001' }
    await form.post(fields)
    await form.post(fields)
    await form.send(Buffer.from(JSON.stringify(fields)), 'application/json')
    await form.post({ ...fields, message: '请尽快报价' })
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['processed', 'duplicate', 'duplicate', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads')).toEqual({ inquiries: 2, leads: 1 })
  })

  it('with problems is answered in words and not kept', async () => {
    const org = await anOrganisation()
    const form = await aForm(org, { consents: [{ ...MARKETING, isRequired: true }] })
    const answer = await form.post({ email: 'nonsense', mobile: '12', _lang: 'en' })
    expect(answer).toMatchObject({ kind: 'problems', problems: { full_name: 'required', email: 'not-an-email', mobile: 'not-a-phone', 'consent.news': 'consent-needed' }, shown: { locale: 'en' } })
    expect(await form.post({ ...LI, 'consent.news': 'a'.repeat(64) })).toMatchObject({ kind: 'problems', problems: { 'consent.news': 'text-unknown' } })
    expect(await countIn(org, 'deliveries')).toEqual({ deliveries: 0 })
  })

  it('from a page not on the list is refused and noted without its words; no origin at all is no proof', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    for (const origin of ['https://evil.example', 'null', `${SITE}.evil.example`, SITE.replace('https', 'http'), null]) expect(await codeOf(form.post(LI, { origin })), String(origin)).toBe('not-allowed')
    expect((await form.post(LI, { origin: null, isOwnPage: true })).kind).toBe('kept')
    expect(await countIn(org, 'deliveries', 'delivery_bodies')).toEqual({ deliveries: 6, delivery_bodies: 1 })
  })

  it('is read again with a changed form: what is no longer asked stays an answer, and there is no second lead', async () => {
    const org = await anOrganisation()
    const budget = { key: 'q1', kind: 'short', label: said('Budget', '预算') }
    const form = await aForm(org)
    const { draft } = await formDetail(org.system, { formId: form.formId })
    await updateForm(org.system, { formId: form.formId, definition: { fields: [...draft.fields, budget] } })
    await publishForm(org.system, { formId: form.formId })
    await form.post({ ...LI, q1: '50,000', _lang: 'en' })
    await processAll(org)
    await updateForm(org.system, { formId: form.formId, definition: { fields: draft.fields } })
    await publishForm(org.system, { formId: form.formId })
    const [deliveryId] = await deliveryIds(org)
    expect(await processDelivery(org.system, { deliveryId: deliveryId!, again: true })).toMatchObject({ verdict: 'processed' })
    expect(await countIn(org, 'inquiries', 'leads', 'form_submissions')).toEqual({ inquiries: 1, leads: 1, form_submissions: 1 })
    expect(await rowsIn(org, 'inquiry_details')).toMatchObject([{ answers: [{ question: 'Budget', answer: '50,000' }] }])
  })

  it.each([['inquiry', 2, 1], ['join', 1, 1], ['ignore', 1, 1]] as const)('of somebody known, by the rule "%s": %i inquiries', async (duplicates, inquiries, leads) => {
    const org = await anOrganisation()
    const form = await aForm(org, { duplicates })
    await form.post({ ...LI, mobile: '' })
    await form.post({ ...LI, email: 'LI@xiansuo-tech.cn', message: '又来了' })
    const verdicts = await processAll(org)
    expect(verdicts[1]).toMatchObject(duplicates === 'ignore' ? { verdict: 'processed', leadId: null, issues: [{ code: 'repeat-ignored' }] } : { verdict: 'processed', leadId: verdicts[0]?.leadId })
    expect(await countIn(org, 'inquiries', 'leads')).toEqual({ inquiries, leads })
  })
})

describe('quarantine', () => {
  const trapped = { ...LI, fax_number: '555' }

  it('keeps what looks forged, answers as always, and makes the lead on release as if it had come then', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    const answer = kept(await form.post(trapped))
    expect(await processAll(org)).toMatchObject([{ verdict: 'stored', leadId: null }])
    expect(await receiptState(answer.receipt)).toMatchObject({ state: 'stored' })
    expect(await countIn(org, 'leads', 'inquiries', 'form_submissions')).toEqual({ leads: 0, inquiries: 0, form_submissions: 1 })
    const [held] = await listFormSubmissions(org.system, { formId: form.formId })
    expect(held).toMatchObject({ reasons: ['honeypot'], receipt: answer.receipt, who: { name: '李工', company: LI.company, contacts: [LI.mobile, LI.email], message: LI.message } })
    expect((await formDetail(org.system, { formId: form.formId })).stats).toMatchObject({ quarantined: 1, accepted: 0 })
    const later = { ...org.system, now: new Date(NOON.getTime() + 86_400_000) }
    expect(await releaseSubmission(later, { deliveryId: held!.deliveryId })).toEqual({ state: 'accepted' })
    expect(await releaseSubmission(later, { deliveryId: held!.deliveryId })).toEqual({ state: 'accepted' })
    expect(await processDelivery(later, { deliveryId: held!.deliveryId })).toMatchObject({ verdict: 'processed' })
    const [inquiry] = await rowsIn<{ at: string }>(org, 'inquiries')
    expect(new Date(inquiry!.at)).toEqual(NOON)
    expect(await codeOf(discardSubmission(later, { deliveryId: held!.deliveryId }))).toBe('conflict')
  })

  it('keeps the proof of what is discarded, and remembers whose it was', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    await form.post(trapped)
    await processAll(org)
    const [deliveryId] = await deliveryIds(org)
    expect(await discardSubmission(org.system, { deliveryId: deliveryId! })).toEqual({ state: 'discarded' })
    expect(await codeOf(releaseSubmission(org.system, { deliveryId: deliveryId! }))).toBe('conflict')
    expect(await processDelivery(org.system, { deliveryId: deliveryId!, again: true })).toMatchObject({ verdict: 'rejected' })
    expect(await countIn(org, 'delivery_bodies', 'leads')).toEqual({ delivery_bodies: 1, leads: 0 })
    await form.post({ ...LI, message: 'again' }, { ip: '198.51.100.9' })
    await processAll(org)
    expect(await listFormSubmissions(org.system, { formId: form.formId })).toMatchObject([{ reasons: ['known-bad'] }])
  })

  it('holds what came too fast or lies about it, lasts ten minutes, sells in its name, or repeats itself', async () => {
    const org = await anOrganisation()
    const form = await aForm(org)
    const { shownAt } = await shownForm(form.formKey, NOON)
    const after = (seconds: number) => ({ now: new Date(NOON.getTime() + seconds * 1000) })
    const someone = (n: number) => ({ full_name: `Person ${n}`, email: `p${n}@works${n}.example`, message: '' })
    await form.post({ ...someone(1), _t: shownAt }, after(1))
    await form.post({ ...someone(2), _t: sealTime('another secret', NOON) }, after(60))
    await form.post({ ...someone(3), email: 'x@sub.mailinator.com' }, after(60))
    await form.post({ ...someone(4), full_name: 'Win at https://evil.example now' }, after(60))
    for (let n = 10; n < 14; n += 1) await form.post({ ...someone(n), message: `We rank your site first! https://seo${n}.example` }, { ...after(60 + n), ip: `198.51.100.${n}` })
    await form.post({ ...someone(5), _t: shownAt }, after(5))
    await processAll(org)
    const rows = await rowsIn<{ reasons: string[]; delivery_id: string }>(org, 'form_submissions')
    // By the moment each came: after 1 s, 5 s, three at 60 s, and four with one text of which the fourth is one too many.
    expect(rows.sort((a, b) => (a.delivery_id < b.delivery_id ? -1 : 1)).map(({ reasons }) => reasons[0] ?? 'lead')).toEqual(
      ['too-fast', 'lead', 'timing-forged', 'disposable-mail', 'links-in-name', 'lead', 'lead', 'lead', 'same-text'])
  })
})
