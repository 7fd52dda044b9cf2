import type { Command } from 'commander'
import { env, EnvError } from '~/platform/env'
import { closeDatabase, serveAs } from '~db/client.server'
import { ProvisionError } from '~db/provision'
import { exportAccess, openDatabase } from './database'
import { databaseFindings, machineFindings, settingsFindings, workFindings, type Finding } from './doctor-checks'
import { supervisorOf, useDataFolder } from './lock'

type Report = { healthy: boolean; wrong: string[]; notes: string[]; fine: string[] }

/** `clew doctor`: looks at everything it can reach, even where something is broken, and exits 1 if anything is. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description('what is missing or wrong with this installation, in sentences')
    .action(async (_options: unknown, command: Command) => {
      const report = reportOf(await examine())
      const json = command.optsWithGlobals<{ json?: boolean }>().json === true
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : inWords(report))
      process.exitCode = report.healthy ? 0 : 1
    })
}

async function examine(): Promise<Finding[]> {
  try {
    const settings = env()
    const found = [...settingsFindings(settings), ...(await machineFindings(settings).catch(broken('The data folder cannot be looked at')))]
    return [...found, ...(await examineDatabase().catch(broken('The database cannot be looked at')))]
  } catch (error) {
    if (error instanceof EnvError) return error.problems.map((text) => ({ kind: 'wrong', text }))
    throw error
  }
}

async function examineDatabase(): Promise<Finding[]> {
  const settings = env()
  const running = settings.DATABASE_URL !== undefined || supervisorOf(settings.CLEW_DATA_DIR) !== undefined
  const use = useDataFolder(settings.CLEW_DATA_DIR)
  const { access, embedded } = await openDatabase(settings)
  try {
    exportAccess(access)
    serveAs('worker')
    const found = await databaseFindings(settings, access)
    const migrated = !found.some(({ text }) => text.includes('npm run migrate') && text.includes('behind'))
    return migrated ? [...found, ...(await workFindings(running))] : found
  } finally {
    await closeDatabase()
    if (use.leave() === 'last') await embedded?.stop()
  }
}

const broken = (what: string) => (error: unknown): Finding[] => {
  if (error instanceof ProvisionError) return error.problems.map((text) => ({ kind: 'wrong', text }))
  return [{ kind: 'wrong', text: `${what}: ${error instanceof Error ? error.message : 'unknown reason'}.` }]
}

function reportOf(found: readonly Finding[]): Report {
  const texts = (kind: Finding['kind']) => found.filter((finding) => finding.kind === kind).map(({ text }) => text)
  return { healthy: texts('wrong').length === 0, wrong: texts('wrong'), notes: texts('note'), fine: texts('fine') }
}

function inWords({ healthy, wrong, notes, fine }: Report): string {
  const lines = [
    ...wrong.map((text) => `✗ ${text}`), ...notes.map((text) => `! ${text}`), ...fine.map((text) => `✓ ${text}`),
    healthy ? 'Nothing is wrong.' : `${wrong.length} thing${wrong.length > 1 ? 's are' : ' is'} wrong.`,
  ]
  return `${lines.join('\n')}\n`
}
