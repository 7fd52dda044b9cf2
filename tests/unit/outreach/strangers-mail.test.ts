import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillIn } from '~/domain/outreach/render-template'
import { mailVariables, type MailValues } from '~/domain/outreach/vocabulary'
import { writtenMail } from '~/domain/outreach/written-mail'
import { forgetEnv } from '~/platform/env'
import { handOver } from '~/platform/mail'
import { anSmtpServer, headersOf, type SmtpServer } from '~tests/support/smtp-server'
import { scripts, templateTexts } from '~tests/support/strangers-text'

let server: SmtpServer
beforeAll(async () => { server = await anSmtpServer(); process.env['SMTP_URL'] = server.url; forgetEnv() })
afterAll(async () => { delete process.env['SMTP_URL']; forgetEnv(); await server.close() })
beforeEach(() => { server.recipients.length = 0; server.mails.length = 0 })

const usual = Object.fromEntries(mailVariables.map((name) => [name, `<${name}>`])) as MailValues
const TEMPLATE = mailVariables.map((name) => `${name}: {{ ${name} }}`).join('\n')
const wraps: ((text: string) => string)[] = [(text) => text, (text) => `Wang ${text}`, (text) => `${text} & Co`]
// 41 scripts and 40 texts, each as it is, behind a name and before a company's ending.
const payloads = [...scripts, ...templateTexts].flatMap((text) => wraps.map((wrap) => wrap(text)))
const one = (text: string) => text.replace(/\s+/gu, ' ').trim()

/** Every tag of a page, as it was opened. */
const tagsOf = (html: string) => (html.match(/<\/?[a-z][^>]*>/gi) ?? []).map((tag) => /^<\/?[a-z]+/i.exec(tag)?.[0] ?? '')
const shell = (html: string) => [...new Set(tagsOf(html))].sort()

describe('T43, T46: what a stranger typed is only ever text in a mail', () => {
  it(`${String(payloads.length)} payloads through every field of a template, subject and name: no tag, no template, no header, no other recipient`, async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(200)
    const plain = writtenMail(mailOf(fillIn(TEMPLATE, usual).text, 'Wang', 'Hello'))
    for (const text of payloads) {
      server.recipients.length = 0
      server.mails.length = 0
      const values = Object.fromEntries(mailVariables.map((name) => [name, text])) as MailValues
      const filled = fillIn(TEMPLATE, values)
      // The value as it was typed, white space drawn together: nothing in it was read as a template.
      const shown = one(text)
      expect(filled.text, JSON.stringify(text)).toBe(mailVariables.map((name) => `${name}: ${shown === '' ? `[[${name}]]` : shown}`).join('\n'))
      const mail = writtenMail(mailOf(filled.text, text, fillIn('About {{ company.name }}', values).text))
      expect(shell(mail.html), JSON.stringify(text)).toEqual(shell(plain.html))
      expect(mail.html).not.toMatch(/<[^>]*(?:x9|evil)[^>]*>/)
      expect(await handOver(mail)).toBe('taken')
      expect(server.recipients, JSON.stringify(text)).toEqual(['RCPT TO:<wang@corp.example>'])
      expect(headersOf(server.mails[0] ?? '').map(({ name }) => name).sort().join(), JSON.stringify(text)).toBe('auto-submitted,content-type,date,from,list-unsubscribe,list-unsubscribe-post,message-id,mime-version,reply-to,subject,to')
    }
  }, 30_000)

  it('the check itself sees what it should', () => {
    expect(shell('<p>x<script>x9()</script></p>')).toContain('<script')
    expect(shell(writtenMail(mailOf('<script>x9()</script>', 'a', 'b')).html)).not.toContain('<script')
  })
})

function mailOf(body: string, name: string, subject: string): Parameters<typeof writtenMail>[0] {
  return { mailId: 'mail_x', to: { name, address: 'wang@corp.example' }, subject, body, locale: 'en', token: 'T'.repeat(43), sender: { name, email: 'li@acme.example', organisation: name } }
}
