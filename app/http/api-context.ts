import { keyActor } from '~/domain/auth'
import { can, DomainError, type Context } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { requestFacts } from './request-context'

/** The context of an API request by its bearer key; refused without one, or without the scope. */
export async function apiContext(request: Request, permission: Permission): Promise<Context> {
  const facts = requestFacts()
  const token = /^Bearer\s+(\S{16,200})$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const known = token === undefined ? null : await keyActor(token, facts.now)
  if (known === null) throw new DomainError('not-signed-in')
  if (!can(known.actor, permission)) throw new DomainError('not-allowed')
  return { orgId: known.orgId, actor: known.actor, now: facts.now, requestId: facts.requestId }
}

/** The context of a signed-in person outside of pages, such as the live stream. */
export async function userContext(): Promise<Context> {
  const facts = requestFacts()
  const viewing = await facts.viewing()
  if (viewing === null) throw new DomainError('not-signed-in')
  return { orgId: viewing.orgId, actor: viewing.actor, now: facts.now, requestId: facts.requestId }
}

/** Whether the signed-in person runs the installation. */
export async function isOperator(): Promise<boolean> {
  return (await requestFacts().viewing())?.viewer.isOperator === true
}
