import type { Command } from 'commander'
import { listDeliveries, replayDeliveries, type DeliveryPage, type DeliveryRow, type Replay } from '~/domain/capture'
import { deliveryVerdicts } from '~/domain/capture/vocabulary'
import { systemContext, type Context } from '~/domain/kernel'
import { organisationOf } from '~/domain/orgs'
import { isId, type Id } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, tell, UsageError } from './command'

type Options = { org: string; source?: string; state?: string; since?: string; until?: string; limit?: string }
type Asked = { ctx: Context; range: { sourceId: Id<'src'> | null; state: string | null; since: Date | null; until: Date | null }; limit: number }

const PAGE = 200
const states: readonly string[] = deliveryVerdicts

/** `clew deliveries …` */
export function register(program: Command): void {
  const parent = program.command('deliveries').description('what was received')
  for (const name of ['list', 'replay'] as const) {
    const command = parent.command(name).description(name === 'list' ? 'newest first' : 'read again with the present mapping; never a second lead')
      .requiredOption('--org <id>').option('--source <id>').option('--state <state>', deliveryVerdicts.join(', ')).option('--since <moment>').option('--until <moment>')
    if (name === 'list') command.option('--limit <n>', 'at most so many', '1000').action((options: Options, asked: Command) => runCommand(asked, () => list(options), words))
    else command.action((options: Options, asked: Command) => runCommand(asked, () => replay(options), ({ replayed }) => `${replayed} deliveries are read again.`))
  }
}

async function list(options: Options): Promise<{ deliveries: DeliveryRow[] }> {
  const { ctx, range, limit } = await asked(options)
  const deliveries: DeliveryRow[] = []
  let after: Id<'dlv'> | null = null
  do {
    const page: DeliveryPage = await listDeliveries(ctx, { ...range, state: range.state as never, after, limit: Math.min(PAGE, limit - deliveries.length) })
    deliveries.push(...page.deliveries)
    after = page.next
  } while (after !== null && deliveries.length < limit)
  return { deliveries }
}

async function replay(options: Options): Promise<{ replayed: number }> {
  const { ctx, range } = await asked(options)
  const startedAt = Date.now()
  let replayed = 0
  let after: Id<'dlv'> | null = null
  do {
    const step: Replay = await replayDeliveries(ctx, { ...range, state: range.state as never, since: range.since ?? new Date(0), after })
    replayed += step.replayed
    after = step.next
    if (Date.now() - startedAt > 1000) tell(`${replayed} so far`)
  } while (after !== null)
  return { replayed }
}

async function asked({ org, source, state, since, until, limit = '1000' }: Options): Promise<Asked> {
  if (!isId('org', org)) throw new UsageError('--org must be an organisation id such as org_01h…')
  if (source !== undefined && !isId('src', source)) throw new UsageError('--source must be a source id such as src_01h…')
  if (state !== undefined && !states.includes(state)) throw new UsageError(`--state knows ${states.join(', ')}.`)
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new UsageError('--limit must be a whole number.')
  const ctx = systemContext(org, 'cli', systemClock.now())
  await organisationOf(ctx)
  return { ctx, range: { sourceId: source ?? null, state: state ?? null, since: momentOf('--since', since), until: momentOf('--until', until) }, limit: Number(limit) }
}

function momentOf(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new UsageError(`${name} must be a moment such as 2026-01-31 or 2026-01-31T08:00:00Z.`)
  return moment
}

function words({ deliveries }: { deliveries: DeliveryRow[] }): string {
  if (deliveries.length === 0) return 'Nothing was received.'
  return deliveries.map((row) => [row.receivedAt.toISOString(), row.state.padEnd(10), row.source.name, row.receipt, row.issues.map(({ path, code }) => `${path} ${code}`.trim()).join('; ')].join('  ')).join('\n')
}
