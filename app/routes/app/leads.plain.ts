import type { ActionFunctionArgs } from '@remix-run/node'
import { redirectTo } from '~/http'

type Answered = Response | { data: { done?: unknown; refusal?: { code: string } } }

/** A door that forms without a script use too: `?plain` goes back to the lead's page, which says a refusal. */
export function plainly<A extends Answered>(action: (args: ActionFunctionArgs) => Promise<A>) {
  return async (args: ActionFunctionArgs): Promise<A | Response> => {
    const answer = await action(args)
    if (!new URL(args.request.url).searchParams.has('plain') || answer instanceof Response) return answer
    const refused = answer.data.done !== undefined ? '' : `?refused=${answer.data.refusal?.code ?? 'invalid'}`
    return redirectTo(`/leads/${args.params['leadId'] ?? ''}${refused}`)
  }
}
