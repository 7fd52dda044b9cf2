import { createRequire } from 'node:module'

// Required, not imported: Vite's scan for browser packages follows imports and fails on the native module.
const { hash, verify } = createRequire(import.meta.url)('@node-rs/argon2') as typeof import('@node-rs/argon2')

/** OWASP's and ASVS's floor for Argon2id: 19 MiB, two passes, one lane (2 is Argon2id). */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** One spelling of what a person typed: full-width and composed characters compare equal (SP 800-63B-4 §3.1.1.2). */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** Argon2id in PHC form. No byte is cut off, unlike bcrypt's 72. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password), COST)
}

/** Whether a password belongs to a hash; false for a hash nobody can read. */
export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  try {
    return await verify(hashed, normalizePassword(password))
  } catch {
    return false
  }
}
