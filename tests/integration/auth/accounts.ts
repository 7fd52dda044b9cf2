import { createHmac } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { createAccount, signIn, type Visit } from '~/domain/auth'
import { keptMails, settleMail, type KeptMail } from '~/platform/mail'
import { database } from '~db/client.server'
import { user } from '~db/schema/auth'

// Mails of this file land in a folder of their own.
process.env['CLEW_DATA_DIR'] = mkdtempSync(join(tmpdir(), 'clew-accounts-'))

export const GOOD = 'three quiet herons at noon'
export const OTHER = 'seven loud magpies at dusk'

let counter = 0

/** A person with an account; addresses never repeat, because some files commit their rows. */
export async function anAccount(more: { name?: string; password?: string } = {}): Promise<{ userId: string; email: string; name: string; password: string }> {
  counter += 1
  const email = `person-${process.pid}-${Date.now()}-${counter}@example.com`
  const name = more.name ?? 'Wei Zhang'
  const password = more.password ?? GOOD
  const { userId } = await createAccount({ name, email, password }, new Date())
  return { userId, email, name, password }
}

/** A request from one browser: its cookie jar takes what answers set. */
export function aBrowser(ip = '203.0.113.7') {
  const jar = new Map<string, string>()
  return {
    jar,
    take(cookies: readonly string[]) {
      for (const line of cookies) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        const value = pair.slice(at + 1)
        if (value === '' || /max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), value)
      }
    },
    visit(now = new Date()): Visit & { locale: 'en' } {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      return { headers: new Headers({ 'user-agent': 'Test browser', ...(cookie === '' ? {} : { cookie }) }), ip, now, locale: 'en' }
    },
  }
}
export type Browser = ReturnType<typeof aBrowser>

/** A browser signed in to an account without a second factor. */
export async function signedInBrowser(account: { email: string; password: string }, ip?: string): Promise<Browser> {
  const browser = aBrowser(ip)
  browser.take((await signIn(account, browser.visit())).cookies)
  return browser
}

export async function accountRow(userId: string) {
  const [row] = await database('auth').select().from(user).where(eq(user.id, userId))
  return row
}

/** The authenticator app, written apart from ours: RFC 6238 over the base 32 secret a person would type. */
export function authenticatorCode(secret: string, now: Date): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac[19] ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The mails kept for an address, the newest first. */
export async function mailsTo(address: string): Promise<KeptMail[]> {
  await settleMail()
  return (await keptMails()).filter(({ to }) => to.address === address)
}

export const linkIn = (mail: KeptMail | undefined, path: string): string => new RegExp(`/${path}/([\\w-]+)`).exec(mail?.text ?? '')?.[1] ?? ''
