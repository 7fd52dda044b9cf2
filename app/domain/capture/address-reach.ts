import { env } from '~/platform/env'

/** Why a platform could not reach an address of ours: this machine only, an inner network, or no TLS. Null where it can be tried. */
export type ReachProblem = 'this-machine' | 'inner-network' | 'no-tls'

const PRIVATE = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])/i
const INNER_NAME = /(^|\.)(local|internal|lan|home|intranet|corp|test|invalid)$/i

/** What stands between a platform and a base address. Source: RFC 1918, RFC 4193, RFC 6598, RFC 6761. */
export function reachProblem(base: string): ReachProblem | null {
  const { hostname, protocol } = new URL(base)
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname.startsWith('127.') || hostname === '[::1]' || hostname === '0.0.0.0') return 'this-machine'
  const isName = !hostname.startsWith('[') && !/^[\d.]+$/.test(hostname)
  if (PRIVATE.test(hostname) || INNER_NAME.test(hostname) || (isName && !hostname.includes('.'))) return 'inner-network'
  return protocol === 'https:' ? null : 'no-tls'
}

/** The same for the address of this installation, APP_BASE_URL. */
export const ownReachProblem = (): ReachProblem | null => reachProblem(env().APP_BASE_URL)
