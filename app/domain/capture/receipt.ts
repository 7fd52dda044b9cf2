import { fromUuid, readId, toUuid, type Id } from '~/lib/ids'
import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import { env } from '~/platform/env'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const SEAL_BYTES = 8
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
  let text = ''
  // 64 bits behind one zero make thirteen letters of five; every answer to a platform carries one.
  let [held, bits] = [0, 1]
  for (let i = 0; i < SEAL_BYTES; i += 1) {
    held = (held << 8) | (bytes[i] ?? 0)
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  return text
}
