import { fromUuid, readId, toUuid, type Id } from '~/lib/ids'
import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import { env } from '~/platform/env'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const SEAL_LENGTH = 13
const ID_LENGTH = 26

/** The public name of a delivery: its id and a seal that only this installation can make. */
export function receiptOf(deliveryId: Id<'dlv'>): string {
  return `rcp_${deliveryId.slice(4)}${seal(deliveryId, env().SESSION_SECRET[0] ?? '')}`
}

/** The delivery a receipt names, or null where we did not make it. */
export function readReceipt(receipt: string): Id<'dlv'> | null {
  const found = /^rcp_([0-9a-z]{26})([0-9a-z]{13})$/.exec(receipt)
  const uuid = found === null ? null : readId('dlv', `dlv_${found[1]}`)
  if (uuid === null) return null
  const deliveryId = fromUuid('dlv', uuid)
  const given = receipt.slice(4 + ID_LENGTH)
  return env().SESSION_SECRET.some((secret) => timingSafeEqualText(seal(deliveryId, secret), given)) ? deliveryId : null
}

function seal(deliveryId: Id<'dlv'>, secret: string): string {
  const bytes = hmacSha256(secret, `receipt ${toUuid(deliveryId)}`)
  let rest = bytes.readBigUInt64BE(0)
  let text = ''
  for (let i = 0; i < SEAL_LENGTH; i += 1) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text
    rest >>= 5n
  }
  return text
}
