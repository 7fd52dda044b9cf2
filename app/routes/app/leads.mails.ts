import type { ActionFunctionArgs } from '@remix-run/node'
import * as z from 'zod'
import { sendLeadMail } from '~/domain/outreach'
import { SendLeadMail } from '~/domain/outreach/contract'
import { redirectTo, submit } from '~/http'
import { leadOf } from './leads.named'

/** `to` is a person and the name of one of their addresses, as the composer offers them. */
const Written = SendLeadMail.omit({ leadId: true, personId: true, to: true }).extend({ to: z.string().regex(/^per_\w{26}:[0-9a-f]{24}$/, 'choice') })

const send = submit({ permission: 'leads:write', form: Written }, ({ ctx, input: { to: chosen, ...text }, params, request }) => {
  const [personId, to = ''] = chosen.split(':')
  return sendLeadMail(ctx, { ...text, leadId: leadOf(params, request), personId: personId as never, to })
})

/** Without a script it goes back to the lead's page: to its timeline, or to the composer with what was refused. */
export async function action(args: ActionFunctionArgs) {
  const answer = await send(args)
  if (args.request.headers.get('sec-fetch-mode') !== 'navigate' || answer instanceof Response) return answer
  const lead = `/leads/${args.params['leadId'] ?? ''}`
  return redirectTo(answer.data.done === undefined ? `${lead}?mail=1&refused=${answer.data.refusal?.code ?? 'invalid'}` : lead)
}
