import { env, forgetEnv, type Env } from '~/platform/env'
import { configuredUrls } from '~db/access'
import { startEmbedded, type Embedded } from '~db/embedded'
import { migrate, pendingMigrations } from '~db/migrate'
import { provisionEmbedded, provisionExternal, urlOf, type DatabaseAccess } from '~db/provision'
import { useDataFolder } from './lock'

/** The database of this installation, ready for use; `embedded` is absent when others run it. */
export type OpenDatabase = { access: DatabaseAccess; embedded?: Embedded }

/** Starts or finds the database and makes its roles. Migrating is another step. @throws ProvisionError */
export async function openDatabase(settings: Env): Promise<OpenDatabase> {
  const urls = configuredUrls()
  if (urls) return { access: await provisionExternal(urls) }
  const embedded = await startEmbedded({ dataDir: settings.CLEW_DATA_DIR })
  return { access: await provisionEmbedded(embedded.superuserUrl, settings.CLEW_DATA_DIR), embedded }
}

/**
 * Runs one command on the database that `npm start` runs for this data folder, or on one started for the time
 * of the command. Whoever is the last to use it stops it.
 */
export async function withDatabase<T>(act: (access: DatabaseAccess) => Promise<T>): Promise<T> {
  const settings = env()
  const use = useDataFolder(settings.CLEW_DATA_DIR)
  let embedded: Embedded | undefined
  try {
    const opened = await openDatabase(settings)
    const { access } = opened
    embedded = opened.embedded
    if (embedded && !embedded.attached) await migrate(access, { queue: !settings.REDIS_URL })
    else await refusePending(access)
    exportAccess(access)
    return await act(access)
  } finally {
    if (use.leave() === 'last') await embedded?.stop()
  }
}

/** The environment variables that lead another process to this database. */
export function accessVariables(access: DatabaseAccess): Record<string, string> {
  return {
    DATABASE_URL: urlOf(access.app),
    DATABASE_OWNER_URL: urlOf(access.owner),
    DATABASE_WORKER_URL: urlOf(access.worker),
    DATABASE_AUTH_URL: urlOf(access.auth),
    DATABASE_DIRECT_URL: urlOf(access.direct),
  }
}

/** Makes the pools of this process, which open on first use, find the database. */
export function exportAccess(access: DatabaseAccess): void {
  Object.assign(process.env, accessVariables(access))
  forgetEnv()
}

async function refusePending(access: DatabaseAccess): Promise<void> {
  const pending = await pendingMigrations(access.owner)
  if (pending > 0) throw new Error(`The database is ${pending} migrations behind this version of Clew. Run: npm run migrate`)
}
