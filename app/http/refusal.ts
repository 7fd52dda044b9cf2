import { isRefusal, refusals, type DomainError, type Refusal } from '~/domain/kernel'
import { log } from '~/platform/log'

/** What a refusal says to a page: a code the page translates, its values, and the fields it is about. */
export type RefusalView = { code: Refusal; params: Record<string, string | number>; fields: Record<string, string[]> }

const seconds = 30

export const viewOf = (error: DomainError): RefusalView => ({ code: error.code, params: error.params, fields: error.fields })

export const statusOf = (error: DomainError): number => refusals[error.code]

/** Headers a refusal carries: whoever is turned away for load is told when to come again. */
export function headersOf(error: DomainError): Record<string, string> {
  const status = statusOf(error)
  return status === 429 || status === 503 ? { 'Retry-After': String(error.params['retryAfter'] ?? seconds) } : {}
}

/** A refusal as a thrown page response; the error page reads its code. */
export function refusalResponse(error: DomainError): Response {
  return Response.json(viewOf(error), { status: statusOf(error), headers: headersOf(error) })
}

/** An answer as status, headers and text, before it is anybody's Response. */
export type PlainAnswer = { status: number; headers: Record<string, string>; body: string }

/** A refusal as RFC 9457 problem details, for the API. */
export function problemAnswer(error: DomainError, requestId: string): PlainAnswer {
  const status = statusOf(error)
  const errors = Object.entries(error.fields).flatMap(([field, codes]) =>
    codes.map((code) => ({ pointer: `/${field.replaceAll('.', '/')}`, code })),
  )
  const body = { type: `/docs/problems/${error.code}`, title: error.code, status, request_id: requestId, ...(errors.length > 0 ? { errors } : {}) }
  return { status, headers: { 'Content-Type': 'application/problem+json', ...headersOf(error) }, body: JSON.stringify(body) }
}

/** Expected refusals as problem details; anything else is a bug, told to the log and not to the caller. */
export function errorAnswer(error: unknown, requestId: string): PlainAnswer {
  if (isRefusal(error)) return problemAnswer(error, requestId)
  const status = isDatabaseAway(error) ? 503 : 500
  log.error({ requestId, err: error }, 'request failed')
  const headers = { 'Content-Type': 'application/problem+json', ...(status === 503 ? { 'Retry-After': '5' } : {}) }
  return { status, headers, body: JSON.stringify({ type: 'about:blank', title: status === 503 ? 'busy' : 'internal', status, request_id: requestId }) }
}

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', '57P01', '57P02', '57P03'])

/** Whether an error says that PostgreSQL cannot be reached, rather than that we asked something wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  return (typeof code === 'string' && away.has(code)) || isDatabaseAway(error.cause)
}
