import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import { parseMailbox } from '~/lib/email'
import { sha256 } from './crypto'
import { env } from './env'
import { log } from './log'

type Mailbox = { name: string; address: string }
/**
 * One mail to one person. `intent` names what it is for, so that a second sending has the same Message-ID; `messageName` is that
 * name itself. `fromName` stands before the installation's own address, `replyTo` is where an answer goes.
 */
export type Mail = { to: Mailbox; subject: string; text: string; html: string; intent: string; messageName?: string; fromName?: string; replyTo?: Mailbox; headers?: Record<string, string> }
/** What came of handing a mail over: taken; refused for good; refused because there is no such mailbox; not now; or no word whether it was taken. */
export type Handover = 'taken' | 'refused' | 'bounced' | 'later' | 'no-answer'
/** A mail in the mailbox page of an installation without SMTP. */
export type KeptMail = Mail & { id: string; messageId: string; sentAt: string }

let transport: { url: string; transporter: Transporter } | undefined
const underway = new Set<Promise<void>>()

/** Sends over SMTP, or keeps the mail for /dev/mailbox where no SMTP is set. @throws RangeError for an address that is not one */
export async function sendMail(mail: Mail): Promise<void> {
  const address = singleAddress(mail.to.address)
  const { SMTP_URL, MAIL_FROM, production } = env()
  const messageId = messageIdOf(mail)
  if (SMTP_URL === undefined) {
    if (production) log.warn('A mail was kept in the data folder because SMTP_URL is not set')
    return keep({ ...mail, id: keptName(messageId), messageId, sentAt: new Date().toISOString() })
  }
  const from = senderOf(MAIL_FROM, mail.fromName)
  // The envelope is said apart: whatever stands in a header, one server hears of one recipient.
  await transporterOf(SMTP_URL).sendMail({
    from, to: mailboxOf(mail.to), ...(mail.replyTo === undefined ? {} : { replyTo: mailboxOf(mail.replyTo) }), envelope: { from: from.address, to: [address] },
    subject: plain(mail.subject), text: mail.text, html: mail.html, messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers }, disableFileAccess: true, disableUrlAccess: true,
  })
}

/** Hands a mail over and answers what came of it, in place of an error. @throws RangeError for an address that is not one */
export async function handOver(mail: Mail): Promise<Handover> {
  singleAddress(mail.to.address)
  try {
    await sendMail(mail)
    return 'taken'
  } catch (error) {
    // What was only to be kept on disk, or was never a mail, nobody can have got.
    const handover = env().SMTP_URL === undefined || error instanceof RangeError ? 'later' : handoverOf(error)
    log.warn({ err: { name: (error as Error).name, code: (error as { code?: unknown }).code, response: (error as { responseCode?: unknown }).responseCode }, handover }, 'A mail was not handed over')
    return handover
  }
}

/** Whether mails leave this machine, from which address, and whether whoever runs it can look at those that do not. */
export function mailRoute(): { leaves: boolean; from: string; isShown: boolean } {
  const { SMTP_URL, MAIL_FROM, production } = env()
  return { leaves: SMTP_URL !== undefined, from: senderOf(MAIL_FROM).address, isShown: !production }
}

// Only a code of the server says that a mail was refused. A line that broke says nothing: the last word may have been lost on it.
function handoverOf(error: unknown): Handover {
  const { code, responseCode, syscall, response = '' } = error as { code?: string; responseCode?: number; syscall?: string; response?: string }
  if (code === 'EAUTH' || (responseCode !== undefined && responseCode >= 400 && responseCode < 500)) return 'later'
  // RFC 3463: 5.1.x is about the address; every other refusal may be about us.
  if (responseCode !== undefined && responseCode >= 500) return /^5\d\d[ -]5\.1\.\d/.test(response) ? 'bounced' : 'refused'
  if (code === 'EENVELOPE') return 'refused'
  return code === 'EDNS' || code === 'ETLS' || syscall === 'connect' || syscall === 'getaddrinfo' ? 'later' : 'no-answer'
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

function messageIdOf({ intent, messageName }: Mail): string {
  return `<${messageName ?? sha256(`${env().APP_BASE_URL} ${intent}`).toString('hex').slice(0, 40)}@${new URL(env().APP_BASE_URL).hostname}>`
}

const mailboxOf = ({ name, address }: Mailbox): Mailbox => ({ name: plain(name), address: singleAddress(address) })

function senderOf(from: string, name?: string): Mailbox {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from)
  return { name: plain(name ?? (named?.[1] ?? 'Clew').replaceAll('"', '')), address: singleAddress((named?.[2] ?? from).trim()) }
}

function transporterOf(url: string): Transporter {
  if (transport?.url !== url) transport = { url, transporter: createTransport({ url, ...timeouts } as Parameters<typeof createTransport>[0]) }
  return transport.transporter
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
