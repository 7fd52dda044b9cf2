import { join } from 'node:path'
import { env } from '~/platform/env'
import { readPostmaster } from './embedded/pid-file'
import { superuserUrlOf } from './embedded'
import { embeddedAccess, externalAccess, type DatabaseAccess, type ExternalUrls } from './provision'

/** The addresses in the environment; undefined when the embedded database is meant. */
export function configuredUrls(): ExternalUrls | undefined {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL, DATABASE_AUTH_URL, DATABASE_DIRECT_URL } = env()
  if (!DATABASE_URL) return undefined
  return { app: DATABASE_URL, owner: DATABASE_OWNER_URL, worker: DATABASE_WORKER_URL, auth: DATABASE_AUTH_URL, direct: DATABASE_DIRECT_URL }
}

/**
 * The ways into the database for a pool that opens now: what the environment names, or else the embedded
 * database that runs on this data folder. @throws when there is neither
 */
export function configuredAccess(): DatabaseAccess {
  const urls = configuredUrls()
  if (urls) return externalAccess(urls)
  const { CLEW_DATA_DIR } = env()
  const postmaster = readPostmaster(join(CLEW_DATA_DIR, 'postgres'))
  if (!postmaster) throw new Error('There is no database: set DATABASE_URL, or run npm start, which brings its own.')
  return embeddedAccess(superuserUrlOf(CLEW_DATA_DIR, postmaster.port), CLEW_DATA_DIR)
}
