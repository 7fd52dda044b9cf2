import { migrate } from '~db/migrate'
import { openDatabase } from './database'
import { useDataFolder } from './lock'
import { problemsOf, refuse, settingsOrExit } from './settings'

const settings = settingsOrExit()
const use = useDataFolder(settings.CLEW_DATA_DIR)
const { access, embedded } = await openDatabase(settings).catch((error: unknown) => refuse(problemsOf(error)))
try {
  const { applied, total } = await migrate(access, { queue: !settings.REDIS_URL })
  process.stdout.write(`The database is up to date: ${applied} migrations ran now, ${total} in all.\n`)
} finally {
  if (use.leave() === 'last') await embedded?.stop()
}
