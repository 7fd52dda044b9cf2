import type { Command } from 'commander'
import { createApiKey } from '~/domain/auth'
import { apiKeyScopes, type ApiKeyScope } from '~/domain/auth/vocabulary'
import { systemContext } from '~/domain/kernel'
import { organisationOf } from '~/domain/orgs'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, UsageError } from './command'

type Options = { org: string; name: string; scopes: string; days?: string }

/** `clew key …` */
export function register(program: Command): void {
  const key = program.command('key').description('API keys')
  key.command('create').description('make a key; it is printed once')
    .requiredOption('--org <id>').requiredOption('--name <name>').requiredOption('--scopes <list>', apiKeyScopes.join(',')).option('--days <number>', 'ends after so many days')
    .action((options: Options, command: Command) => runCommand(command, () => create(options), (made) => made.key))
}

async function create({ org, name, scopes, days }: Options): Promise<{ key: string; keyId: string }> {
  if (!isId('org', org)) throw new UsageError('--org must be an organisation id such as org_01h…')
  const wanted = scopes.split(',').map((scope) => scope.trim()).filter((scope) => scope !== '')
  const unknown = wanted.filter((scope) => !apiKeyScopes.some((known) => known === scope))
  if (unknown.length > 0) throw new UsageError(`--scopes knows no ${unknown.join(', ')}; it knows ${apiKeyScopes.join(', ')}.`)
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw new UsageError('--days must be a number of days.')
  const ctx = systemContext(org, 'cli', systemClock.now())
  await organisationOf(ctx)
  const expiresAt = days === undefined ? null : new Date(ctx.now.getTime() + Number(days) * 86_400_000)
  return createApiKey(ctx, { name, scopes: wanted as ApiKeyScope[], expiresAt })
}
