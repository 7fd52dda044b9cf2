import type { Command } from 'commander'
import { createSource } from '~/domain/capture'
import { pushConnectorNames } from '~/domain/capture/vocabulary'
import { systemContext } from '~/domain/kernel'
import { organisationOf } from '~/domain/orgs'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, UsageError } from './command'

type Options = { org: string; channel: string; connector: string; name: string; secret?: string; set: string[] }

const settings = { country: 'defaultCountry', lead_rule: 'leadRule', owner: 'ownerId', product_line: 'productLineId' } as const
const collect = (value: string, all: string[]) => [...all, value]

/** `clew source …` */
export function register(program: Command): void {
  const source = program.command('source').description('inlets that platforms push leads to')
  source.command('create').description('connect an inlet; its secret is printed once')
    .requiredOption('--org <id>').requiredOption('--channel <name>', 'made when nobody knows it').requiredOption('--connector <name>', pushConnectorNames.join(' or ')).requiredOption('--name <name>')
    .option('--secret <secret>', 'one the platform gave you; else one is made')
    .option('--set <k=v>', `${Object.keys(settings).join(', ')}; may be repeated`, collect, [])
    .action((options: Options, command: Command) => runCommand(command, () => create(options), (made) => `Address: ${made.hookUrl}\nSecret:  ${made.secret}\nSource:  ${made.sourceId}`))
}

async function create({ org, channel, connector, name, secret, set }: Options) {
  if (!isId('org', org)) throw new UsageError('--org must be an organisation id such as org_01h…')
  const known = pushConnectorNames.find((each) => each === connector)
  if (known === undefined) throw new UsageError(`--connector knows ${pushConnectorNames.join(', ')}.`)
  const ctx = systemContext(org, 'cli', systemClock.now())
  await organisationOf(ctx)
  return createSource(ctx, { connector: known, name, channel, ...(secret === undefined ? {} : { secret }), ...Object.fromEntries(set.map(setting)) })
}

function setting(text: string): [string, string] {
  const [name = '', ...rest] = text.split('=')
  const field = Object.entries(settings).find(([known]) => known === name)?.[1]
  if (field === undefined || rest.length === 0) throw new UsageError(`--set takes ${Object.keys(settings).map((known) => `${known}=…`).join(', ')}; not ${text}`)
  return [field, rest.join('=')]
}
