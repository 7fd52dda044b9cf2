import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { maskEmail, normalizeEmail, parseMailbox } from '~/lib/email'
import { companyDomain, isFreeMail, registrableDomain } from '~/lib/email-domain'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

describe('normalizeEmail', () => {
  it.each([
    ['  Wei.Zhang@Example.COM ', 'Wei.Zhang@example.com', 'wei.zhang@example.com'],
    ['w.zhang+fair@gmail.com', 'w.zhang+fair@gmail.com', 'wzhang@gmail.com'],
    ['W.Zhang@GoogleMail.com', 'W.Zhang@googlemail.com', 'wzhang@gmail.com'],
    ['a.b+c@acme.example', 'a.b+c@acme.example', 'a.b@acme.example'],
    ['ｗｅｉ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'wei@example.com', 'wei@example.com'],
    ['mailto:x@y.example', 'x@y.example', 'x@y.example'],
    ['info@müller.example', 'info@xn--mller-kva.example', 'info@xn--mller-kva.example'],
    ['+1@y.example', '+1@y.example', '+1@y.example'],
  ])('reads %j', (raw, address, key) => {
    expect(normalizeEmail(raw)).toMatchObject({ address, key, unusual: false })
  })

  it.each(['', 'wei', '@y.example', 'wei@', 'a@b@c.example', 'wei zhang@y.example', 'w..z@y.example', '.w@y.example', 'w@-y.example', '张伟@y.example', `${'a'.repeat(2000)}@y.example`])('refuses %j', (raw) => {
    expect(normalizeEmail(raw)).toBeNull()
  })

  it('marks what is legal but seldom meant', () => {
    expect(['"a..b"@y.example', 'a@localhost', 'a@[192.0.2.1]', 'a@1.2.3.4', 'a@y.example'].map((raw) => normalizeEmail(raw)?.unusual)).toEqual([true, true, true, true, false])
  })

  it('hides the local part', () => {
    expect(maskEmail('wei@example.com')).toBe('w***@example.com')
    expect(maskEmail('nonsense')).toBe('***')
  })
})

// Labels of is_email: its threshold for "valid" is 16, so VALID, DNSWARN (no look-up here) and RFC5321 pass, while
// comments and folding (CFWS), obsolete forms (DEPREC), RFC 5322 only and ERR do not.
const PASS = new Set(['ISEMAIL_VALID_CATEGORY', 'ISEMAIL_DNSWARN', 'ISEMAIL_RFC5321'])

describe('parseMailbox', () => {
  sharedTest('accepts and refuses as every row is labelled', 'data/contact/isemail_tests.csv', (file) => {
    const rows: Record<'id' | 'address' | 'category', string>[] = parse(readSharedFile(file), { columns: true })
    expect(rows).toHaveLength(164)
    const wrong = rows.filter((row) => (parseMailbox(row.address) !== null) !== PASS.has(row.category))
    expect(wrong).toEqual([])
    // A bare top level is the one thing grammar cannot tell: is_email asked the name servers about "test@io".
    const unusual = rows.filter((row) => PASS.has(row.category) && parseMailbox(row.address)?.unusual !== (row.category === 'ISEMAIL_RFC5321'))
    expect(unusual.map((row) => row.address)).toEqual(['test@io'])
  })
})

describe('domains', () => {
  it('tells free mail from companies', () => {
    for (const domain of ['gmail.com', 'qq.com', '163.com', 'vip.163.com', '88.com', 'wo.cn', 'hey.com', 'QQ.com', '139.com', 'sina.cn']) {
      expect(isFreeMail(domain), domain).toBe(true)
    }
    for (const domain of ['alibaba.com', 'siemens.com', 'huawei.com', 'example.com', 'toString', '']) {
      expect(isFreeMail(domain), domain).toBe(false)
    }
  })

  it('finds what one owner registered', () => {
    expect(registrableDomain('Mail.Acme.co.uk')).toBe('acme.co.uk')
    expect(registrableDomain('www.clew.com.cn')).toBe('clew.com.cn')
    expect(registrableDomain('com.cn')).toBeNull()
    expect(registrableDomain('192.0.2.1')).toBeNull()
    expect(companyDomain('crm.acme.de')).toBe('acme.de')
    expect(companyDomain('gmail.com')).toBeNull()
  })
})
