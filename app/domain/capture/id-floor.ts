import { fromUuid, type Id } from '~/lib/ids'

/** The smallest id that can have been made at a moment: ids begin with the milliseconds they were made at. */
export function idFloor<P extends string>(prefix: P, at: Date): Id<P> {
  const hex = `${Math.max(0, at.getTime()).toString(16).padStart(12, '0')}00000000000000000000`
  return fromUuid(prefix, [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'))
}
