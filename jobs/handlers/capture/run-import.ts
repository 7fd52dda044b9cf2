import { advanceImport } from '~/domain/capture'
import type { Handler } from '~jobs/handler'

/** Checks or runs an uploaded file, whichever it waits for; one that waits for nothing is left alone. */
export const runImport: Handler<'import.requested'> = async (ctx, { payload }) => {
  await advanceImport(ctx, { importId: payload.importId })
}
