import { randomToken, timingSafeEqualText } from '~/platform/crypto'
import type { Secrets } from './connector'

/** Whether what was given is one of the secrets, in constant time. An empty one never equals anything. */
export const isOneOf = (secrets: Secrets, given: string): boolean =>
  given !== '' && secrets.map((secret) => secret !== '' && timingSafeEqualText(secret, given)).some(Boolean)

/** A secret of ours that is copied to a platform, and one that a platform may have made: printable, without blanks. */
export const sharedToken = { newSecret: () => randomToken(24), checkSecret: (secret: string): boolean => /^[\x21-\x7e]{4,300}$/.test(secret) }
