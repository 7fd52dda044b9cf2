import { normalizeEmail } from '~/lib/email'
import { decrypt, hmacSha256 } from './crypto'

/** What the sealed key of an organisation's address digests is bound to. */
export const addressKeyContext = (orgId: string): string => `outreach_keys ${orgId}`

/** The digest under which an address stands among those that get no mail; the same mailbox in another spelling has the same one. */
export const addressDigest = (secret: string, address: string): string => hmacSha256(secret, `address ${normalizeEmail(address)?.key ?? address.trim().toLowerCase()}`).toString('hex')

/** Names addresses with the sealed key of an organisation. */
export function addressDigestsOf(sealed: string, orgId: string): (address: string) => string {
  const secret = decrypt(sealed, addressKeyContext(orgId))
  return (address) => addressDigest(secret, address)
}
