import { readFileSync } from 'node:fs'

/** Environment variables by name. */
export type Variables = Record<string, string | undefined>

const SECRETS = [
  'DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_WORKER_URL', 'DATABASE_AUTH_URL', 'DATABASE_DIRECT_URL',
  'METRICS_TOKEN', 'REDIS_URL', 'SESSION_SECRET', 'ENCRYPTION_KEY', 'SMTP_URL',
] as const

/**
 * The environment with `NAME_FILE` variants read into `NAME`, and empty variables left out.
 * What cannot be read is added to `problems` as a sentence.
 */
export function withSecretFiles(source: Variables, problems: string[]): Variables {
  const result = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  for (const name of SECRETS) {
    const path = result[`${name}_FILE`]
    if (path === undefined) continue
    if (result[name] !== undefined) problems.push(`${name} and ${name}_FILE are both set; keep one.`)
    const content = readSecret(path)
    if (content === undefined) problems.push(`${name}_FILE names ${path}, which cannot be read or is empty.`)
    else result[name] ??= content
  }
  return result
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
