import type { LoaderFunctionArgs } from '@remix-run/node'
import * as z from 'zod'
import { joinByInvitation } from '~/domain/orgs'
import { DomainError } from '~/domain/kernel'
import { accountVisiting, orgCookieFor, publicSubmit, redirectTo, withCookies } from '~/http'

/** Joining by a link as somebody who is signed in already. */
export const action = publicSubmit({ form: z.object({}) }, async ({ params, request, now }) => {
  const me = await accountVisiting(request)
  if (me === null) throw new DomainError('not-signed-in')
  const { orgId } = await joinByInvitation(params['token'] ?? '', me, now)
  return redirectTo('/', withCookies([orgCookieFor(orgId)]))
})

export const loader = ({ params }: LoaderFunctionArgs) => redirectTo(`/invitations/${encodeURIComponent(params['token'] ?? '')}`)
