import { DomainError } from '~/domain/kernel'
import { env } from '~/platform/env'
import { keptMail, keptMails, type KeptMail } from '~/platform/mail'
import { isOperator } from './api-context'
import { requestFacts } from './request-context'

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

// Mails hold links that set passwords: only whoever sits at this machine, or runs the installation, reads them.
async function mayRead(request: Request): Promise<boolean> {
  if (env().production) return false
  const proxied = request.headers.has('x-forwarded-for') || request.headers.has('forwarded')
  return (!proxied && loopback.test(requestFacts().ip)) || isOperator()
}

/** The mails kept instead of sent, newest first. Refuses `not-found` to strangers and in production, where there is no such page. */
export async function keptMailList(request: Request): Promise<KeptMail[]> {
  if (!(await mayRead(request))) throw new DomainError('not-found')
  return keptMails()
}

/** One kept mail. Refuses `not-found`. */
export async function keptMailNamed(id: string, request: Request): Promise<KeptMail> {
  const mail = (await mayRead(request)) ? await keptMail(id) : null
  if (mail === null) throw new DomainError('not-found')
  return mail
}
