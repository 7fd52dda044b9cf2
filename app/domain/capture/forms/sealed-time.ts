import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'

/** When a form was shown, in a form that whoever fills it in cannot set back. */
export function sealTime(secret: string, now: Date): string {
  const at = now.getTime().toString(36)
  return `${at}.${seal(secret, at)}`
}

/** The moment in a sealed time, `forged` where it is not ours. */
export function openTime(secret: string, sealed: string): Date | 'forged' {
  const [at = '', given = ''] = sealed.split('.')
  return /^[0-9a-z]{6,10}$/.test(at) && timingSafeEqualText(seal(secret, at), given) ? new Date(Number.parseInt(at, 36)) : 'forged'
}

const seal = (secret: string, at: string): string => hmacSha256(secret, `shown ${at}`).toString('base64url').slice(0, 22)
