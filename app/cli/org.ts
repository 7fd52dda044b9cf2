import type { Command } from 'commander'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { ensureDefaultProductLine } from '~/domain/leads'
import { systemClock } from '~/platform/clock'
import { runCommand } from './command'

type Options = { name: string; currency?: string; timezone?: string; locale?: string }

/** `clew org …` */
export function register(program: Command): void {
  const org = program.command('org').description('organisations')
  org.command('create').description('make an organisation')
    .requiredOption('--name <name>').option('--currency <code>', 'such as CNY').option('--timezone <zone>', 'such as Asia/Shanghai').option('--locale <locale>', 'en or zh-CN')
    .action((options: Options, command: Command) => runCommand(command, () => create(options), ({ orgId }) => `Made ${options.name}: ${orgId}`))
}

async function create({ name, currency, timezone, locale }: Options) {
  const ctx = newOrganisationContext('cli', systemClock.now())
  const { orgId } = await createOrganisation(ctx, { name, currency, timeZone: timezone, locale })
  await ensureDefaultProductLine(ctx, {})
  return { orgId }
}
