/** One pool's way in. `role` is set when the login is not the role itself: the pool then starts as `role`. */
export type PoolAccess = { url: string; role?: string }

/** The ways into the database of one installation. */
export type DatabaseAccess = {
  owner: PoolAccess
  app: PoolAccess
  worker: PoolAccess
  auth: PoolAccess
  direct: PoolAccess
}

/** What an administrator must mend before Clew can use this PostgreSQL; one plain sentence each. */
export class ProvisionError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ProvisionError'
  }
}

/** The address with the role in it, understood by postgres.js and pg alike. */
export function urlOf({ url, role }: PoolAccess): string {
  if (!role) return url
  const parsed = new URL(url)
  // Not searchParams: it writes a space as +, which neither driver reads back.
  parsed.search += `${parsed.search ? '&' : '?'}options=${encodeURIComponent(`-c role=${role}`)}`
  return parsed.href
}
