import { createHmac } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { symmetricDecrypt } from 'better-auth/crypto'
import { timingSafeEqualText } from '~/platform/crypto'
import { database } from '~db/client.server'
import { twoFactor } from '~db/schema/auth'
import { engine } from './engine'

export const totpSeconds = 30
const drift = [0, -1, 1]

/** The six digits of a secret in a step of thirty seconds. Source: RFC 4226 §5.3, RFC 6238. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / totpSeconds)

/** The shared secret of an account's authenticator, and whether it was ever confirmed; null where there is none. */
export async function totpSecret(userId: string): Promise<{ secret: string; confirmed: boolean } | null> {
  const [row] = await database('auth').select().from(twoFactor).where(eq(twoFactor.userId, userId))
  if (row === undefined) return null
  const { secretConfig } = await engine().$context
  return { secret: await symmetricDecrypt({ key: secretConfig, data: row.secret }), confirmed: row.verified }
}

/**
 * Whether a code is right and was not used before, which uses it up together with every earlier one.
 * Steps only ever grow, so of two requests with one code the database lets one through (RFC 6238 §5.2).
 */
export async function useTotpCode(userId: string, code: string, now: Date): Promise<boolean> {
  const kept = await totpSecret(userId)
  if (kept === null) return false
  const step = drift.map((by) => stepAt(now) + by).find((candidate) => timingSafeEqualText(totpCode(kept.secret, candidate), code))
  if (step === undefined) return false
  const used = await database('auth').execute(sql`
    update auth.two_factor set last_used_step = ${String(step)}
    where user_id = ${userId} and (last_used_step is null or last_used_step::bigint < ${step}) returning id`)
  return used.length > 0
}
