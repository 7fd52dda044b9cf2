import type { Connector, Keys, Mapped, Push } from '~/domain/capture/connectors/connector'
import type { Way } from '~/domain/capture/vocabulary'

export const keysOf = (secrets: string | readonly string[] = [], more: Partial<Pick<Keys, 'keys' | 'settings'>> = {}): Keys => ({
  secrets: typeof secrets === 'string' ? [secrets] : secrets, keys: {}, settings: {}, ...more,
})

/** How a connector is pushed to; the test fails where it is not. */
export function pushTo({ push }: Connector): Push {
  if (push === undefined) throw new Error('this connector takes no pushes')
  return push
}

/** What a connector makes of a body. */
export function mapBody(connector: Connector, body: Uint8Array | object | string, keys: Keys = keysOf(), way: Way = 'push'): Mapped {
  const raw = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return connector.map({ raw, headers: { 'content-type': 'application/json' }, way }, keys)
}
