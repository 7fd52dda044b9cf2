import { Command, CommanderError } from 'commander'

/** The operator's command line. Each file beside this one registers its commands. */
const program = new Command('clew')
  .description('Clew (线索): the operator\'s command line')
  .option('--json', 'one JSON document on standard output')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })

const registers = [
  () => import('./org'),
  () => import('./user'),
  () => import('./key'),
  () => import('./source'),
  () => import('./deliveries'),
  () => import('./import'),
  () => import('./report'),
  () => import('./lab'),
  () => import('./demo-commands'),
  () => import('./backup'),
  () => import('./doctor'),
]

for (const load of registers) (await load()).register(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
