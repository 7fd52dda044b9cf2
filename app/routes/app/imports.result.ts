import { importResult } from '~/domain/capture'
import { page } from '~/http'
import type { Id } from '~/lib/ids'

/** What became of every row, as a file. */
export const loader = page({ permission: 'imports:write' }, async ({ ctx, params }) => {
  const { fileName, content } = await importResult(ctx, { importId: params['importId'] as Id<'imp'> })
  const disposition = `attachment; filename="import.result.csv"; filename*=UTF-8''${encodeURIComponent(fileName)}`
  const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': disposition, 'Cache-Control': 'private, no-store' }
  return new Response(Buffer.from(content), { headers })
})
