import { env, EnvError, type Env } from '~/platform/env'
import { ProvisionError } from '~db/provision/access'

/** The environment, or a list of everything wrong with it on standard error and exit 2. */
export function settingsOrExit(): Env {
  try {
    return env()
  } catch (error) {
    if (error instanceof EnvError) refuse(error.problems)
    throw error
  }
}

/** Prints why Clew does not start, one sentence a line, and exits 2. */
export function refuse(problems: readonly string[]): never {
  process.stderr.write(`Clew does not start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
  process.exit(2)
}

/** Why a start failed, in sentences for whoever runs Clew. */
export function problemsOf(error: unknown): string[] {
  if (error instanceof ProvisionError) return error.problems
  if (!(error instanceof Error)) return [String(error)]
  const { code, address, port, hostname } = error as Error & { code?: string; address?: string; port?: number; hostname?: string }
  if (code === 'ECONNREFUSED' || code === 'CONNECT_TIMEOUT') return [`No database answers at ${address ?? 'the address'}:${port ?? ''}. Is it running, and is DATABASE_URL right?`]
  if (code === 'ENOTFOUND') return [`The database's host ${hostname ?? ''} is not known. Is DATABASE_URL right?`]
  if (code === '28P01' || code === '28000') return ['The database refuses this login. Are user and password in DATABASE_URL right?']
  if (code === '3D000') return ['The database named in DATABASE_URL does not exist on that server.']
  return [error.message]
}
