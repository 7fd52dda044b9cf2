import { decrypt, encrypt } from '~/platform/crypto'
import { env } from '~/platform/env'
import type { Id } from '~/lib/ids'
import { robotHosts, type RobotKind } from '../vocabulary'

type Whose = { orgId: Id<'org'>; id: Id<'rbt'> }
const contextOf = ({ orgId, id }: Whose, field: 'address' | 'secret') => `robots.${field} ${orgId} ${id}`

/** Whether an address is one of a robot of this kind: https, at the platform's own host. Hosts the operator allows pass as well. */
export function isRobotAddress(kind: RobotKind, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password, port } = new URL(address)
  if (username !== '' || password !== '') return false
  if (env().CLEW_EGRESS_ALLOW.includes(hostname)) return protocol === 'https:' || protocol === 'http:'
  return protocol === 'https:' && port === '' && robotHosts[kind].includes(hostname)
}

/** What is shown of an address after it is saved: its host and its last four letters. */
export const hintOf = (address: string): string => `${new URL(address).hostname}/…${address.slice(-4)}`

export const seal = (whose: Whose, field: 'address' | 'secret', text: string): string => encrypt(text, contextOf(whose, field))
export const unseal = (whose: Whose, field: 'address' | 'secret', sealed: string): string => decrypt(sealed, contextOf(whose, field))
