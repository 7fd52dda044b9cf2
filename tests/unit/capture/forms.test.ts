import { describe, expect, it } from 'vitest'
import { checkSubmission, shownFields } from '~/domain/capture/forms/check-submission'
import { firstDefinition, FormDefinition, originOf } from '~/domain/capture/forms/definition'
import { isDisposable } from '~/domain/capture/forms/disposable-domains'
import { editedConsents, editedFields } from '~/domain/capture/forms/edit-definition'
import { escapeHtml, html } from '~/domain/capture/forms/page/html'
import { consentHash, languageOf, nextVersion, type PublishedForm } from '~/domain/capture/forms/published-form'
import { readEntries } from '~/domain/capture/forms/read-entries'
import { openTime, sealTime } from '~/domain/capture/forms/sealed-time'
import { textKey } from '~/domain/capture/forms/reputation'

const said = (en: string, zh = '') => ({ en, 'zh-CN': zh })
const field = (key: string, kind: string, more: object = {}) => ({ key, kind, ...more })
const option = (value: string) => ({ value, label: said(value) })
const live = (more: object): PublishedForm => nextVersion(FormDefinition.parse({ locales: ['en', 'zh-CN'], ...more }), 'frm_test', null)
const entriesOf = (text: string) => {
  const read = readEntries(Buffer.from(text), 'application/x-www-form-urlencoded')
  if (!read.ok) throw new Error(read.code)
  return read.entries
}
const plain = (entries: object) => JSON.parse(JSON.stringify(entries)) as object

describe('what a form says', () => {
  it('is read alike from every encoding', () => {
    const expected = { name: ['李 雷'], pick: ['a', 'b'], note: ['x & y = z\r\nnext'] }
    const multipart = ['--b0', 'Content-Disposition: form-data; name="name"', '', '李 雷', '--b0', 'Content-Disposition: form-data; name="pick"', '', 'a', '--b0', 'Content-Disposition: form-data; name="pick"', '', 'b',
      '--b0', 'Content-Disposition: form-data; name="file"; filename="x.svg"', 'Content-Type: image/svg+xml', '', '<svg onload=alert(1)>', '--b0', 'Content-Disposition: form-data; name="note"', '', 'x & y = z', 'next', '--b0--', ''].join('\r\n')
    const ways: [string, string][] = [
      ['application/x-www-form-urlencoded', 'name=%E6%9D%8E+%E9%9B%B7&pick=a&pick=b&note=x+%26+y+%3D+z%0D%0Anext'],
      ['multipart/form-data; boundary=b0', multipart],
      ['application/json; charset=utf-8', JSON.stringify({ name: '李 雷', pick: ['a', 'b'], note: 'x & y = z\r\nnext', deep: { a: 1 } })],
    ]
    for (const [type, body] of ways) {
      const read = readEntries(Buffer.from(body), type)
      expect(read.ok && plain(read.entries), type).toEqual(expected)
    }
  })

  it('is read in the encoding it was written in, whatever the label says', () => {
    // 张三 in GBK is D5 C5 C8 FD.
    for (const type of ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=gbk', 'application/x-www-form-urlencoded; charset=no-such-thing']) {
      const read = readEntries(Buffer.from('name=%D5%C5%C8%FD'), type)
      expect(read.ok && read.entries['name'], type).toEqual(['张三'])
    }
    const mislabelled = readEntries(Buffer.from('name=张三'), 'application/x-www-form-urlencoded; charset=iso-8859-1')
    expect(mislabelled.ok && mislabelled.entries['name']).toEqual(['张三'])
  })

  it('reaches no prototype, and holds only so much', () => {
    const read = entriesOf(`__proto__=x&constructor=y&toString=z&${Array.from({ length: 2_000 }, (_, i) => `k${i}=1`).join('&')}`)
    expect(Object.keys(read)).toHaveLength(300)
    expect(Object.getPrototypeOf(read)).toBeNull()
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(readEntries(Buffer.from('<xml/>'), 'text/xml')).toEqual({ ok: false, code: 'not-a-form' })
    expect(readEntries(Buffer.from('--x'), 'multipart/form-data; boundary=x')).toEqual({ ok: false, code: 'broken-multipart' })
    expect(readEntries(Buffer.from('[1]'), 'application/json')).toEqual({ ok: false, code: 'not-an-object' })
    expect(readEntries(Buffer.from('['.repeat(100)), 'application/json')).toMatchObject({ ok: false })
  })
})

describe('checks', () => {
  const form = live({ fields: [
    field('full_name', 'full_name', { isRequired: true }), field('email', 'email'), field('mobile', 'mobile'), field('q1', 'choice', { options: [option('o1'), option('o2')] }),
    field('q2', 'short', { isRequired: true, when: { field: 'q1', is: 'o2' } }), field('q3', 'number', { when: { field: 'q2', is: 'yes' } }), field('q4', 'date'), field('q5', 'choices', { options: [option('a'), option('b')] }),
  ] })
  const check = (text: string) => { const { values, problems } = checkSubmission(form, entriesOf(text), 'en'); return { values: plain(values), problems } }

  it.each([
    ['full_name=Li', {}], ['', { full_name: 'required' }], ['full_name=+%00+', { full_name: 'required' }], ['full_name=Li&email=li', { email: 'not-an-email' }], ['full_name=Li&mobile=12a', { mobile: 'not-a-phone' }],
    ['full_name=Li&q1=o9', { q1: 'not-an-option' }], ['full_name=Li&q1=o2', { q2: 'required' }], ['full_name=Li&q1=o2&q2=yes&q3=many', { q3: 'not-a-number' }], ['full_name=Li&q1=o2&q2=yes&q3=1,000.5', {}],
    ['full_name=Li&q4=2024-02-30', { q4: 'not-a-date' }], ['full_name=Li&q4=2024-02-29', {}], ['full_name=Li&q5=a&q5=b', {}], ['full_name=Li&q5=a&q5=c', { q5: 'not-an-option' }], [`full_name=${'x'.repeat(501)}`, { full_name: 'too-long' }],
  ])('%s', (text, problems) => expect(check(text).problems).toEqual(problems))

  it('do not listen to fields whose condition does not hold, along the whole chain', () => {
    expect(check('full_name=Li&q1=o1&q2=yes&q3=5').values).toEqual({ full_name: ['Li'], q1: ['o1'] })
    expect(check('full_name=Li&q1=o2&q2=yes&q3=5').values).toEqual({ full_name: ['Li'], q1: ['o2'], q2: ['yes'], q3: ['5'] })
    const ring = live({ fields: [field('q1', 'short', { when: { field: 'q2', is: 'x' } }), field('q2', 'short', { when: { field: 'q1', is: 'x' } })] })
    expect(shownFields(ring.fields, entriesOf('q1=x&q2=x'))).toEqual([])
  })

  it('record a consent by the words that stood beside the box', () => {
    const first = FormDefinition.parse({ locales: ['en', 'zh-CN'], fields: [field('email', 'email')], consents: [{ key: 'c1', purpose: 'mail', isRequired: 'on', text: said('Yes, write to me.', '同意。') }] })
    const second = nextVersion({ ...first, consents: first.consents.map((consent) => ({ ...consent, text: said('New words.', '新词。') })) }, 'frm_test', nextVersion(first, 'frm_test', null))
    // printf 'Yes, write to me.' | sha256sum
    const hash = '37e514c420549ee6881910540d4dc68d82e236bd27532c232d6311b24188afc8'
    const ticked = (value: string) => checkSubmission(second, entriesOf(`email=a%40b.cn&consent.c1=${value}`), 'en')
    expect(consentHash('  Yes, write to me. ')).toBe(hash)
    expect(ticked(hash)).toMatchObject({ problems: {}, ticked: [{ isGiven: true, sha256: hash, locale: 'en' }] })
    expect(ticked(consentHash('新词。'))).toMatchObject({ problems: {}, ticked: [{ isGiven: true, locale: 'zh-CN' }] })
    expect(ticked('on')).toMatchObject({ problems: {}, ticked: [{ isGiven: true, sha256: consentHash('New words.') }] })
    for (const none of ['', 'off', 'false', '0']) expect(ticked(none), none).toMatchObject({ problems: { 'consent.c1': 'consent-needed' } })
    expect(ticked('0'.repeat(64)).problems).toEqual({ 'consent.c1': 'text-unknown' })
  })
})

describe('small rules', () => {
  it('a sealed time opens with its secret only', () => {
    const now = new Date('2024-05-15T04:00:00Z')
    const sealed = sealTime('secret', now)
    expect(openTime('secret', sealed)).toEqual(now)
    for (const wrong of [sealTime('other', now), `${sealed}x`, sealed.replace(/^./, 'z'), '', 'x.y', now.getTime().toString(36)]) expect(openTime('secret', wrong), wrong).toBe('forged')
  })

  it('an origin is a site and nothing more', () => {
    expect(originOf('https://Acme.Example:443/x?y#z')).toBe('https://acme.example')
    for (const none of ['javascript:alert(1)', 'https://a:b@acme.example', 'acme.example', '//acme.example', 'data:text/html,x', '', 'null']) expect(originOf(none), none).toBeNull()
  })

  it('a language is the first that the form speaks', () => {
    expect(languageOf({ locales: ['zh-CN'] }, 'en')).toBe('zh-CN')
    expect(languageOf({ locales: ['en', 'zh-CN'] }, null, 'zh-Hans', 'en')).toBe('zh-CN')
    expect(languageOf({ locales: ['en', 'zh-CN'] }, 'fr', 'en-GB')).toBe('en')
  })

  it('throw-away mailboxes are known by any part of their domain, others are not', () => {
    expect(['mailinator.com', 'x.MAILINATOR.com', 'yopmail.com'].map(isDisposable)).toEqual([true, true, true])
    expect(['qq.com', 'gmail.com', 'mailinator.com.acme.cn', 'notmailinator.com'].map(isDisposable)).toEqual([false, false, false, false])
  })

  it('the same text is the same with other links and signs', () => {
    expect(textKey('We rank your SITE first!! https://a.example')).toBe(textKey('we rank your site first https://b.example/x'))
    expect(textKey('请报价')).toBeNull()
  })

  it('text stays text in HTML', () => {
    const evil = `"><script>alert('1')</script>&`
    expect(escapeHtml(evil)).toBe('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;')
    expect(html`<p title="${evil}">${[html`<b>${evil}</b>`, null, false]}</p>`.html).not.toContain('<script')
  })
})

describe('editing', () => {
  const fields = [field('email', 'email'), field('q1', 'choice', { options: [option('o1'), option('o7')] }), field('q2', 'short', { when: 'q1=o7' })]
  const keys = (change: string) => (editedFields({ fields, change })['fields'] as { key: string }[]).map(({ key }) => key)

  it('moves, adds and removes, and leaves alone what it does not understand', () => {
    expect(keys('up:1')).toEqual(['q1', 'email', 'q2'])
    expect(keys('down:0')).toEqual(['q1', 'email', 'q2'])
    expect(keys('up:0')).toEqual(['email', 'q1', 'q2'])
    expect(keys('down:2')).toEqual(['email', 'q1', 'q2'])
    expect(keys('remove:1')).toEqual(['email', 'q2'])
    expect(keys('add:short')).toEqual(['email', 'q1', 'q2', 'q3'])
    expect(keys('add:email')).toEqual(['email', 'q1', 'q2'])
    for (const nonsense of ['', 'up:99', 'remove:x', 'add:__proto__', 'nothing']) expect(keys(nonsense), nonsense).toEqual(['email', 'q1', 'q2'])
  })

  it('gives a new option a value no other had after it, and reads a condition', () => {
    const [, choice] = editedFields({ fields, change: 'add-option:1' })['fields'] as { options: { value: string }[] }[]
    expect(choice?.options.map(({ value }) => value)).toEqual(['o1', 'o7', 'o8'])
    expect((editedFields({ fields })['fields'] as { when: object }[])[2]?.when).toEqual({ field: 'q1', is: 'o7' })
    expect(editedConsents({ consents: [{ key: 'c1' }], change: 'add' })).toMatchObject({ consents: [{ key: 'c1' }, { key: 'c2', isRequired: false }] })
  })

  it('a new form is one that can be published', () => {
    for (const locales of [['en'], ['zh-CN'], ['en', 'zh-CN']] as const) {
      const { fields: first } = firstDefinition([...locales], 'Contact')
      expect(first.filter(({ isRequired }) => isRequired).map(({ key }) => key)).toEqual(['full_name', locales.includes('en' as never) ? 'email' : 'mobile'])
    }
  })
})
