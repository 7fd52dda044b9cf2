import * as z from 'zod'
import { pauseImport } from '~/domain/capture'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The pause of a running import: it stops after the rows it is at, and can go on from there. */
export const action = submit({ permission: 'imports:write', form: z.object({}) }, async ({ ctx, params }) => {
  const { importId } = await pauseImport(ctx, { importId: params['importId'] as Id<'imp'> })
  return redirectTo(`/imports/${importId}`)
})
