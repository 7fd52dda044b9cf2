import type { Command } from 'commander'
import { connectorFields, createSource } from '~/domain/capture'
import { connectableNames } from '~/domain/capture/vocabulary'
import { systemContext } from '~/domain/kernel'
import { organisationOf } from '~/domain/orgs'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, UsageError } from './command'

type Options = { org: string; channel: string; connector: string; name: string; secret?: string; set: string[] }

const settings = { country: 'defaultCountry', lead_rule: 'leadRule', owner: 'ownerId', pool: 'poolId', product_line: 'productLineId' } as const
const collect = (value: string, all: string[]) => [...all, value]

/** `clew source …` */
export function register(program: Command): void {
  const source = program.command('source').description('inlets that platforms push leads to')
  source.command('create').description('connect an inlet; its secret is printed once')
    .requiredOption('--org <id>').requiredOption('--channel <name>', 'made when nobody knows it').requiredOption('--connector <name>', connectableNames.join(', ')).requiredOption('--name <name>')
    .option('--secret <secret>', 'one the platform gave you; else one is made')
    .option('--set <k=v>', `${Object.keys(settings).join(', ')}, or a key of the connector such as verify_token; may be repeated`, collect, [])
    .action((options: Options, command: Command) => runCommand(command, () => create(options), (made) => [`Address: ${made.hookUrl ?? 'none, it is asked on a schedule'}`, `Secret:  ${made.secret ?? 'none'}`, ...Object.entries(made.keys).map(([name, value]) => `${name}: ${value}`), `Source:  ${made.sourceId}`].join('\n')))
}

async function create({ org, channel, connector, name, secret, set }: Options) {
  if (!isId('org', org)) throw new UsageError('--org must be an organisation id such as org_01h…')
  const known = connectableNames.find((each) => each === connector)
  if (known === undefined) throw new UsageError(`--connector knows ${connectableNames.join(', ')}.`)
  const ctx = systemContext(org, 'cli', systemClock.now())
  await organisationOf(ctx)
  const given = set.map(setting)
  const own = given.filter(({ field }) => field !== null).map(({ field, value }) => [field, value])
  // A key may be written as the platform writes it: verifyToken, VERIFY-TOKEN and verify_token are one.
  const fold = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const { fields, secret: needed } = connectorFields(known)
  if (secret !== undefined && needed === null) process.stderr.write(`${known} signs nothing: the secret is not used.\n`)
  const keyOf = (text: string) => fields.find((each) => fold(each.name) === fold(text))?.name ?? text
  const keys = Object.fromEntries(given.filter(({ field }) => field === null).map(({ name: key, value }) => [keyOf(key), value]))
  return createSource(ctx, { connector: known, name, channel, keys, ...(secret === undefined || needed === null ? {} : { secret }), ...Object.fromEntries(own) })
}

function setting(text: string): { name: string; field: string | null; value: string } {
  const [name = '', ...rest] = text.split('=')
  if (name === '' || rest.length === 0) throw new UsageError(`--set takes name=value, such as country=DE; not ${text}`)
  return { name, field: Object.entries(settings).find(([known]) => known === name)?.[1] ?? null, value: rest.join('=') }
}
