import * as z from 'zod'
import { pullSource } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** Reads the platform's own list now, without waiting for its turn. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, async ({ ctx, params, request }) => {
  const sourceId = params['sourceId'] as never
  return doneOrBack(request, `/sources/${sourceId}`, await pullSource(ctx, { sourceId, now: true }))
})
