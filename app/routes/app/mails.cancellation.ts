import type { ActionFunctionArgs } from '@remix-run/node'
import * as z from 'zod'
import { cancelMail } from '~/domain/outreach'
import { redirectTo, submit } from '~/http'

const cancel = submit({ permission: 'leads:write', form: z.object({}) }, ({ ctx, params }) => cancelMail(ctx, { mailId: params['sentMailId'] as never }))

/** Takes back a mail that has not left. Without a script it goes back to the mail, which says where it stands. */
export async function action(args: ActionFunctionArgs) {
  const answer = await cancel(args)
  return args.request.headers.get('sec-fetch-mode') === 'navigate' ? redirectTo(`/mails/${args.params['sentMailId'] ?? ''}`) : answer
}
