import { env } from '~/platform/env'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that may change something comes from our own pages. Browsers say so in Sec-Fetch-Site;
 * older ones in Origin. Saying neither is not proof. Source: Fetch Metadata; trust.md fact 3.
 */
export function isSameOrigin(request: Request): boolean {
  if (safe.has(request.method)) return true
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin !== null && allowedOrigins(request).has(origin)
}

function allowedOrigins(request: Request): Set<string> {
  const settings = env()
  const allowed = new Set([new URL(settings.APP_BASE_URL).origin])
  if (!settings.production) allowed.add(new URL(request.url).origin)
  return allowed
}
