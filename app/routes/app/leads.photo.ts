import { readPhoto } from '~/domain/leads'
import { page } from '~/http'

/** A photo of a card, as a file to keep and nothing that could run. */
export const loader = page({ permission: 'leads:read' }, async ({ ctx, params }) => {
  const { contentType, bytes } = await readPhoto(ctx, { photoId: params['photoId'] as never })
  const headers = {
    'Content-Type': contentType, 'Content-Disposition': `inline; filename="card.${contentType === 'image/png' ? 'png' : 'jpg'}"`, 'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox", 'Cache-Control': 'private, no-store', 'Cross-Origin-Resource-Policy': 'same-origin',
  }
  return new Response(new Uint8Array(bytes), { headers })
})
