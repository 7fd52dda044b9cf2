import type { Command } from 'commander'
import { purgeOrganisation } from '~/domain/privacy'
import { isId, type Id } from '~/lib/ids'
import { randomToken } from '~/platform/crypto'
import { env } from '~/platform/env'
import { worlds } from '~db/seeds/worlds'
import { runCommand, tell, UsageError } from './command'
import { demoAccounts, isDemoLoaded, keepDemoAccounts } from './demo'
import { loadDemoWorld } from './load-demo'

/** `clew demo load|wipe`: made-up organisations, brought in and taken out whole. */
export function register(program: Command): void {
  const demo = program.command('demo').description('The demo world: told, synthetic, wiped without trace')
  demo
    .command('load')
    .description('load a told organisation')
    .requiredOption('--world <key>', worlds.map((world) => world.key).join(' or '), 'hangzhou')
    .action(async (options: { world: string }, command: Command) => {
      await runCommand(command, () => load(options.world), (made) =>
        [`${made.organisation} (${made.orgId}): ${made.rows} rows.`, ...made.accounts.map((one) => `  ${one.role.padEnd(9)} ${one.email}  ${one.password}`)].join('\n'))
    })
  demo
    .command('wipe')
    .description('remove a demo organisation and its accounts, leaving nothing')
    .requiredOption('--org <id>', 'the organisation')
    .action(async (options: { org: string }, command: Command) => {
      await runCommand(command, () => wipe(options.org), (gone) => `${gone.rows} rows and ${gone.accounts} accounts are gone.`)
    })
}

function load(key: string) {
  const world = worlds.find((one) => one.key === key)
  if (world === undefined) throw new UsageError(`There is no world called ${key}; there are ${worlds.map((one) => one.key).join(' and ')}.`)
  tell(`Loading ${world.name}…`)
  return loadDemoWorld(world, randomToken(12), tell)
}

async function wipe(org: string): Promise<{ rows: number; accounts: number }> {
  if (!isId('org', org)) throw new UsageError(`${org} is not the id of an organisation.`)
  const gone = await purgeOrganisation(org as Id<'org'>, { demoOnly: true })
  forgetAccounts(gone.emails)
  return { rows: gone.rows, accounts: gone.emails.length }
}

/** What `npm start` prints must not name accounts that are gone. */
function forgetAccounts(emails: readonly string[]): void {
  const dataDir = env().CLEW_DATA_DIR
  if (isDemoLoaded(dataDir)) keepDemoAccounts(dataDir, demoAccounts(dataDir).filter((one) => !emails.includes(one.email)))
}
