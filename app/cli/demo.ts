import { fork } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onShutdown } from '~/platform/lifecycle'
import { repoRoot, secretsFolder } from '~/platform/secrets'
import { isMain } from './is-main'

/** Somebody who may sign in to the demo world. The password is random per installation. */
export type DemoAccount = { organisation: string; name: string; role: string; email: string; password: string }

/**
 * Loads the demo world once per data folder, in a process of its own, and answers its accounts, also on later
 * starts. `variables` lead to the database.
 */
export async function loadDemo(dataDir: string, variables: Record<string, string>): Promise<DemoAccount[]> {
  if (isDemoLoaded(dataDir)) return demoAccounts(dataDir)
  const accounts = await loadInChild(variables)
  keepDemoAccounts(dataDir, accounts)
  return accounts
}

/** Whether the demo world was loaded before; one that was wiped since does not come back. */
export const isDemoLoaded = (dataDir: string): boolean => existsSync(accountsFile(dataDir))

/** The accounts of the demo worlds that are still there. */
export function demoAccounts(dataDir: string): DemoAccount[] {
  return isDemoLoaded(dataDir) ? (JSON.parse(readFileSync(accountsFile(dataDir), 'utf8')) as DemoAccount[]) : []
}

export function keepDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): void {
  writeFileSync(accountsFile(dataDir), JSON.stringify(accounts, null, 2), { mode: 0o600 })
}

function accountsFile(dataDir: string): string {
  return join(secretsFolder(dataDir), 'demo-accounts.json')
}

function loadInChild(variables: Record<string, string>): Promise<DemoAccount[]> {
  const child = fork(join(repoRoot, 'app/cli/demo.ts'), [], {
    cwd: repoRoot,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...variables, CLEW_SUPERVISED: '1' },
  })
  onShutdown(() => void child.kill('SIGKILL'))
  return new Promise((done, fail) => {
    child.once('message', (message) => done(message as DemoAccount[]))
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`The demo world could not be loaded (exit ${code}); its messages are above.`)))
  })
}

if (isMain(import.meta.url)) {
  // An orphan must not go on writing into a database that another start migrates.
  process.on('disconnect', () => process.exit(1))
  const { loadDemoWorlds } = await import('./load-demo')
  const accounts = await loadDemoWorlds()
  process.send?.(accounts, () => process.exit(0))
}
