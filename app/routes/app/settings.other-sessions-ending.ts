import * as z from 'zod'
import { revokeOtherSessions } from '~/domain/auth'
import { DomainError } from '~/domain/kernel'
import { accountVisiting, backTo, submit } from '~/http'

/** Ends every other session of mine. */
export const action = submit({ form: z.object({}) }, async ({ request }) => {
  const me = await accountVisiting(request)
  if (me === null) throw new DomainError('not-signed-in')
  return backTo('/settings/security', () => revokeOtherSessions(me))
})
