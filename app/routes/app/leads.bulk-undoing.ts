import * as z from 'zod'
import { advanceBulk, bulkProgress, undoBulk } from '~/domain/views'
import { doneAtOnce } from '~/domain/views/vocabulary'
import { redirectTo, submit } from '~/http'

/** A few leads are put back before the answer; many by the job that hears of it. */
export const action = submit({ permission: 'leads:write', form: z.object({}) }, async ({ ctx, params }) => {
  const one = await undoBulk(ctx, { bulkId: params['bulkId'] as never })
  const { bulk } = await bulkProgress(ctx, one)
  if (bulk.changed <= doneAtOnce) await advanceBulk(ctx, one)
  return redirectTo(`/leads/bulk/${one.bulkId}`)
})
