import * as z from 'zod'
import { retryFetches } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** Asks the platform again, now, for every lead of a source that is not there yet. */
export const action = submit({ permission: 'deliveries:replay', form: z.object({}) }, async ({ ctx, params, request }) => {
  const sourceId = params['sourceId'] as never
  return doneOrBack(request, `/sources/${sourceId}`, await retryFetches(ctx, { sourceId, fetchId: null }))
})
