import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import { parseMailbox } from '~/lib/email'
import { sha256 } from './crypto'
import { env } from './env'
import { log } from './log'

/** One mail to one person. `intent` names what it is for, so that a second sending has the same Message-ID. */
export type Mail = { to: { name: string; address: string }; subject: string; text: string; html: string; intent: string; headers?: Record<string, string> }
/** A mail in the mailbox page of an installation without SMTP. */
export type KeptMail = Mail & { id: string; messageId: string; sentAt: string }

let transport: { url: string; transporter: Transporter } | undefined
const underway = new Set<Promise<void>>()

/** Sends over SMTP, or keeps the mail for /dev/mailbox where no SMTP is set. @throws RangeError for an address that is not one */
export async function sendMail(mail: Mail): Promise<void> {
  const address = singleAddress(mail.to.address)
  const { SMTP_URL, MAIL_FROM, production } = env()
  const messageId = messageIdOf(mail.intent)
  if (SMTP_URL === undefined) {
    if (production) log.warn('A mail was kept in the data folder because SMTP_URL is not set')
    return keep({ ...mail, id: keptName(messageId), messageId, sentAt: new Date().toISOString() })
  }
  await transporterOf(SMTP_URL).sendMail({
    from: senderOf(MAIL_FROM), to: { name: plain(mail.to.name), address }, subject: plain(mail.subject), text: mail.text, html: mail.html, messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers }, disableFileAccess: true, disableUrlAccess: true,
  })
}

/** Sends without making the caller wait, so that an answer takes as long whether or not there was a mail to send. */
export function sendMailAside(mail: Mail): void {
  const sending = sendMail(mail).catch((error: unknown) => log.error({ err: error }, 'A mail could not be sent'))
  underway.add(sending)
  void sending.finally(() => underway.delete(sending))
}

/** Waits for the mails that are being sent: at shutdown, and in tests. */
export async function settleMail(): Promise<void> {
  await Promise.all(underway)
}

/** The mails kept in the data folder, newest first; at most `most`. */
export async function keptMails(most = 200): Promise<KeptMail[]> {
  const names = (await readdir(mailboxFolder()).catch(() => [])).filter((name) => name.endsWith('.json')).sort().reverse()
  return Promise.all(names.slice(0, most).map(async (name) => readKept(name)))
}

/** One kept mail by its id, or null. */
export async function keptMail(id: string): Promise<KeptMail | null> {
  if (!/^[\w-]{1,80}$/.test(id)) return null
  return readKept(`${id}.json`).catch(() => null)
}

/** Exactly one mailbox by the strict grammar: no lists, comments, folding or control characters. */
export function singleAddress(address: string): string {
  if (parseMailbox(address) === null) throw new RangeError('Not one mail address')
  return address
}

async function readKept(name: string): Promise<KeptMail> {
  return JSON.parse(await readFile(join(mailboxFolder(), name), 'utf8')) as KeptMail
}

async function keep(mail: KeptMail): Promise<void> {
  const folder = mailboxFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `.${mail.id}.draft`)
  await writeFile(draft, JSON.stringify(mail), { mode: 0o600 })
  await rename(draft, join(folder, `${mail.id}.json`))
}

const mailboxFolder = () => join(env().CLEW_DATA_DIR, 'mailbox')
const keptName = (messageId: string) => `${Date.now().toString().padStart(15, '0')}-${messageId.slice(1, 13)}`
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, 200)

function messageIdOf(intent: string): string {
  return `<${sha256(`${env().APP_BASE_URL} ${intent}`).toString('hex').slice(0, 40)}@${new URL(env().APP_BASE_URL).hostname}>`
}

function senderOf(from: string): { name: string; address: string } {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from)
  return { name: plain((named?.[1] ?? 'Clew').replaceAll('"', '')), address: singleAddress((named?.[2] ?? from).trim()) }
}

function transporterOf(url: string): Transporter {
  if (transport?.url !== url) transport = { url, transporter: createTransport(url) }
  return transport.transporter
}
