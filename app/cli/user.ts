import type { Command } from 'commander'
import { accountOf, createAccount, setOperator } from '~/domain/auth'
import { DomainError, systemContext } from '~/domain/kernel'
import { addMember, organisationOf } from '~/domain/orgs'
import { roles } from '~/domain/orgs/vocabulary'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, tell, UsageError } from './command'

type Options = { org: string; email: string; name: string; role: string; passwordStdin?: boolean }

/** `clew user …` and `clew operator …` */
export function register(program: Command): void {
  const user = program.command('user').description('accounts and members')
  user.command('create').description('make an account and give it a place in an organisation')
    .requiredOption('--org <id>').requiredOption('--email <address>').requiredOption('--name <name>').requiredOption('--role <role>', roles.join(', '))
    .option('--password-stdin', 'read the password from standard input')
    .action((options: Options, command: Command) => runCommand(command, () => create(options), ({ userId }) => `Made ${options.email}: ${userId}`))
  const operator = program.command('operator').description('who runs the installation')
  for (const isOperator of [true, false]) {
    operator.command(isOperator ? 'grant' : 'revoke').requiredOption('--email <address>')
      .action((options: { email: string }, command: Command) => runCommand(command, () => setOperator({ email: options.email, isOperator }, systemClock.now()), () => `${options.email}: operator ${isOperator ? 'yes' : 'no'}`))
  }
}

async function create({ org, email, name, role, passwordStdin }: Options): Promise<{ userId: string; memberId: string }> {
  if (!isId('org', org)) throw new UsageError('--org must be an organisation id such as org_01h…')
  const wanted = roles.find((known) => known === role)
  if (wanted === undefined) throw new UsageError(`--role must be one of ${roles.join(', ')}.`)
  const now = systemClock.now()
  const ctx = systemContext(org, 'cli', now)
  const organisation = await organisationOf(ctx)
  const known = await accountOf(email)
  if (known !== null) tell('This address has an account already: it keeps its password and joins the organisation.')
  const userId = known?.userId ?? (await createAccount({ email, name, password: await passwordFrom(passwordStdin), words: [organisation.name] }, now)).userId
  const { memberId } = await addMember(ctx, { userId, name, email, role: wanted })
  return { userId, memberId }
}

async function passwordFrom(passwordStdin: boolean | undefined): Promise<string> {
  if (passwordStdin !== true) throw new UsageError('Give the password on standard input, with --password-stdin.')
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  const password = Buffer.concat(parts).toString('utf8').replace(/\r?\n$/, '')
  if (password === '') throw new DomainError('weak-password', { fields: { password: ['too-short'] } })
  return password
}
