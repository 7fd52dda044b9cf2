import * as z from 'zod'
import { startImport } from '~/domain/capture'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The run of a checked file: a job does it, the page shows how far it is. */
export const action = submit({ permission: 'imports:write', form: z.object({}) }, async ({ ctx, params }) => {
  const { importId } = await startImport(ctx, { importId: params['importId'] as Id<'imp'> })
  return redirectTo(`/imports/${importId}`)
})
