import { refusals, type DomainError, type Refusal } from '~/domain/kernel'

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

/** A refusal as RFC 9457 problem details, for the API. */
export function problemResponse(error: DomainError, requestId: string): Response {
  const status = statusOf(error)
  const errors = Object.entries(error.fields).flatMap(([field, codes]) =>
    codes.map((code) => ({ pointer: `/${field.replaceAll('.', '/')}`, code })),
  )
  const body = { type: `/docs/problems/${error.code}`, title: error.code, status, request_id: requestId, ...(errors.length > 0 ? { errors } : {}) }
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headersOf(error) } })
}
