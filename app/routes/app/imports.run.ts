import * as z from 'zod'
import { startImport } from '~/domain/capture'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

const list = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string()))

/** The run of a checked file, its warnings ticked, or of a paused one: a job does it, the page shows how far it is. */
export const action = submit({ permission: 'imports:write', form: z.object({ tick: list }) }, async ({ ctx, input, params }) => {
  const { importId } = await startImport(ctx, { importId: params['importId'] as Id<'imp'>, ticks: input.tick })
  return redirectTo(`/imports/${importId}`)
})
