import { OpenAPIHono, z } from '@hono/zod-openapi'
import { DomainError } from '~/domain/kernel'

/** A router of the API: what does not parse is refused like everything else, as problem details. */
export const apiRouter = () =>
  new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      throw new DomainError('invalid', { fields: Object.fromEntries(result.error.issues.map(({ path, message }) => [path.join('.'), [message]])) })
    },
  })

export const Problem = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), request_id: z.string(), errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
}).openapi('Problem')

/** Refusals every route may answer: RFC 9457. */
export const problems = Object.fromEntries(
  ([[401, 'No key, or one that is unknown'], [403, 'The key lacks the scope'], [404, 'Not found, or not visible'], [409, 'Somebody changed this first'], [422, 'Refused, with the reason'], [429, 'Too fast']] as const)
    .map(([status, description]) => [status, { description, content: { 'application/problem+json': { schema: Problem } } }]),
)
