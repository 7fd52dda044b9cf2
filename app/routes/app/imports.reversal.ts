import * as z from 'zod'
import { undoImport } from '~/domain/capture'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** The reversal of an import: what it made goes, what it changed is as before. */
export const action = submit({ permission: 'imports:write', form: z.object({}) }, async ({ ctx, params }) => {
  const { importId } = await undoImport(ctx, { importId: params['importId'] as Id<'imp'> })
  return redirectTo(`/imports/${importId}`)
})
