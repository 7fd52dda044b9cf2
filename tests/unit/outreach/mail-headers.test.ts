import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writtenMail } from '~/domain/outreach/written-mail'
import { normalizeEmail } from '~/lib/email'
import { forgetEnv } from '~/platform/env'
import { handOver } from '~/platform/mail'
import { anSmtpServer, headersOf, type SmtpServer } from '~tests/support/smtp-server'

let server: SmtpServer
beforeAll(async () => {
  server = await anSmtpServer()
  process.env['SMTP_URL'] = server.url
  process.env['MAIL_FROM'] = 'Clew <out@acme.example>'
  forgetEnv()
})
afterAll(async () => {
  delete process.env['SMTP_URL']
  delete process.env['MAIL_FROM']
  forgetEnv()
  await server.close()
})
beforeEach(() => {
  for (const list of [server.commands, server.recipients, server.senders, server.mails]) list.length = 0
  server.answers = Object.assign(server.answers, { rcpt: undefined, data: undefined, taken: undefined })
})

const SENDER = { name: 'Li Lei', email: 'li@acme.example', organisation: 'Acme' }
const TOKEN = 'T'.repeat(43)
const mail = (more: { to?: { name: string; address: string }; subject?: string; body?: string; sender?: typeof SENDER } = {}) =>
  writtenMail({ mailId: 'mail_01hxyz', to: { name: 'Wang', address: 'wang@corp.example' }, subject: 'Hello', body: 'Text', locale: 'en', token: TOKEN, sender: SENDER, ...more })
const NAMES = ['auto-submitted', 'content-type', 'date', 'from', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id', 'mime-version', 'reply-to', 'subject', 'to']
const headerOf = (name: string) => headersOf(server.mails[0] ?? '').filter((each) => each.name === name).map(({ value }) => value)

describe('T52: what a mail says on the wire', () => {
  it('one recipient, a stable Message-ID, whose mail it is, and the way out in one click', async () => {
    expect(await handOver(mail())).toBe('taken')
    expect(await handOver(mail())).toBe('taken')
    expect(server.recipients).toEqual(['RCPT TO:<wang@corp.example>', 'RCPT TO:<wang@corp.example>'])
    expect(server.senders[0]).toMatch(/^MAIL FROM:<out@acme\.example>/)
    expect(headersOf(server.mails[0] ?? '').map(({ name }) => name).sort()).toEqual(NAMES)
    expect(headersOf(server.mails[1] ?? '').find(({ name }) => name === 'message-id')?.value).toBe(headerOf('message-id')[0])
    expect(headerOf('message-id')).toEqual(['<mail_01hxyz@localhost>'])
    expect(headerOf('from')).toEqual(['Li Lei <out@acme.example>'])
    expect(headerOf('reply-to')).toEqual(['Li Lei <li@acme.example>'])
    expect(headerOf('list-unsubscribe')).toEqual([`<http://localhost:3000/u/${TOKEN}?l=en>`])
    expect(headerOf('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click'])
    expect(server.mails[0]).toContain('text/plain')
    expect(server.mails[0]).toContain('text/html')
  })

  const addresses: [string, string][] = [
    ['CRLF', 'wang@corp.example\r\nRCPT TO:<evil@evil.example>'], ['CRLF in the local part', 'wang\r\nBcc: evil@evil.example@corp.example'], ['comma', 'wang@corp.example,evil@evil.example'],
    ['semicolon', 'wang@corp.example;evil@evil.example'], ['blank', 'wang@corp.example evil@evil.example'], ['angle brackets', 'Wang <evil@evil.example>'], ['closing bracket', 'wang@corp.example>,<evil@evil.example'],
    ['comment', 'wang(evil@evil.example)@corp.example'], ['group', 'all:wang@corp.example,evil@evil.example;'], ['quoted local part with @', '"evil@evil.example,wang"@corp.example'], ['quoted with a bracket', '"a> <evil@evil.example"@corp.example'],
    ['quoted with an escape', '"a\\"@evil.example"@corp.example'], ['source route', '@evil.example:wang@corp.example'], ['percent', 'wang%evil.example@corp.example'], ['bang', 'evil.example!wang@corp.example'], ['NUL', 'wang\u0000@corp.example'],
    ['IDN', 'wang@例子.中国'], ['full-width @', 'wang＠corp.example'], ['full-width comma', 'wang@corp.example，evil@evil.example'], ['RTL', 'wang\u202e@corp.example'], ['one megabyte', `${'a'.repeat(1_000_000)}@corp.example`],
    ['encoded word', '=?utf-8?q?evil=40evil.example=2C?=wang@corp.example'], ['literal', 'wang@[127.0.0.1]'], ['tab', 'wang@corp.example\tevil@evil.example'],
  ]
  it.each(addresses)('address with %s: no recipient but the intended one', async (_, typed) => {
    // As it comes in: what cannot be read is no address of anybody.
    const read = normalizeEmail(typed)
    if (read !== null) expect(await handOver(mail({ to: { name: 'Wang', address: read.address } }))).toBe('taken')
    expect(server.recipients.length).toBe(read === null ? 0 : 1)
    if (read !== null) expect(server.recipients[0]).toBe(`RCPT TO:<${read.address}>`)
    // And as it stands, should it ever get past that: refused, or that one address to the letter.
    server.recipients.length = 0
    const raw = await handOver(mail({ to: { name: 'Wang', address: typed } })).catch((error: unknown) => (error instanceof RangeError ? 'no address' : String(error)))
    expect(['no address', 'taken']).toContain(raw)
    expect(server.recipients).toEqual(raw === 'taken' ? [`RCPT TO:<${typed}>`] : [])
    expect(server.commands.join('\n')).not.toMatch(/RCPT TO:<evil@/)
  })

  const texts = [
    'x\r\nBcc: evil@evil.example', 'x\nBcc: evil@evil.example', 'x\rBcc: evil@evil.example', 'x\r\n\r\n<script>', 'x\u2028Bcc: evil@evil.example', 'x\u0085Bcc: evil@evil.example', '"x" <evil@evil.example>, y', 'x, evil@evil.example', 'all: x, y;', '(comment) x',
    '=?utf-8?q?x=0d=0aBcc:_evil@evil.example?=', '王\r\n小明', `${'长'.repeat(300)}\r\nX-Evil: 1`, 'a\u0000b', '\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n', 'x\u000bBcc: evil@evil.example', 'x\u000cBcc: e',
  ]
  it.each(texts)('%j in every field: no header nobody wrote, no second recipient', async (text) => {
    expect(await handOver(mail({ to: { name: text, address: 'wang@corp.example' }, subject: text, body: text, sender: { ...SENDER, name: text, organisation: text } }))).toBe('taken')
    expect(server.recipients).toEqual(['RCPT TO:<wang@corp.example>'])
    expect(server.senders).toHaveLength(1)
    expect(server.mails).toHaveLength(1)
    expect(headersOf(server.mails[0] ?? '').map(({ name }) => name).sort()).toEqual(NAMES)
    for (const [name, address] of [['to', 'wang@corp.example'], ['from', 'out@acme.example'], ['reply-to', 'li@acme.example']] as const) {
      expect(bare(headerOf(name)[0] ?? '')).toEqual([address])
    }
  })

  it.each([
    ['550 no such user', 'refused', 'rcpt'], ['550 5.1.1 no such user', 'bounced', 'rcpt'], ['550 5.7.1 not from you', 'refused', 'rcpt'], ['451 4.1.1 later', 'later', 'rcpt'], ['451 later', 'later', 'rcpt'], ['554 no', 'refused', 'taken'], ['452 full', 'later', 'taken'], ['drop', 'no-answer', 'taken'],
  ] as const)('%s is %s', async (answer, handover, when) => {
    Object.assign(server.answers, { [when]: answer })
    expect(await handOver(mail())).toBe(handover)
  })

  it('a server that is not there is for later', async () => {
    process.env['SMTP_URL'] = 'smtp://127.0.0.1:1'
    forgetEnv()
    expect(await handOver(mail())).toBe('later')
    process.env['SMTP_URL'] = server.url
    forgetEnv()
  })
})

/** Addresses a reader of mail would see in a header: what is neither quoted nor an encoded word nor a comment. */
function bare(header: string): string[] {
  const open = header.replaceAll(/"(?:\\.|[^"\\])*"/g, '').replaceAll(/=\?[^?]+\?[bq]\?[^?]*\?=/gi, '').replaceAll(/\([^()]*\)/g, '')
  return [...open.matchAll(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g)].map(([address]) => address)
}
