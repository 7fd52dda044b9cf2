import * as z from 'zod'
import { reconcileSource } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** Starts comparing a source with its platform's own list; the worker does it. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, async ({ ctx, params, request }) => {
  const sourceId = params['sourceId'] as never
  return doneOrBack(request, `/sources/${sourceId}`, await reconcileSource(ctx, { sourceId }))
})
