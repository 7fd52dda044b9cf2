import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { repoRoot } from '~/platform/secrets'
import { onShutdown } from '~/platform/lifecycle'
import { isMain } from './is-main'

const FOLDERS = ['app', 'db', 'jobs', 'public']
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'remix.config.js']
const STAMP = join(repoRoot, 'build/.stamp')

/** Whether `build/` was made from the files as they are now. */
export function isBuilt(): boolean {
  if (!existsSync(STAMP) || !existsSync(join(repoRoot, 'build/server/index.js'))) return false
  return readFileSync(STAMP, 'utf8').trim() === inputsHash()
}

/** Builds the application for production. The stamp comes last, so that a build that was cut short is made again. */
export async function build(): Promise<void> {
  const hash = inputsHash()
  rmSync(STAMP, { force: true })
  await runRemixBuild()
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, `${hash}\n`)
}

function runRemixBuild(): Promise<void> {
  const remix = join(dirname(createRequire(import.meta.url).resolve('@remix-run/dev/package.json')), 'dist/cli.js')
  const child = spawn(process.execPath, [remix, 'vite:build'], {
    cwd: repoRoot,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onShutdown(() => void child.kill('SIGKILL'))
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      if (code === 0) return done()
      fail(new Error(`The application cannot be built:\n${Buffer.concat(output).toString('utf8').trim()}`))
    })
  })
}

function inputsHash(): string {
  const hash = createHash('sha256')
  const paths = [...FILES.filter((file) => existsSync(join(repoRoot, file))), ...FOLDERS.flatMap(filesBelow)]
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(join(repoRoot, path))).update('\0')
  return hash.update(process.env.CLEW_SERVER_ENTRY ?? '').digest('hex')
}

// The command line is not in the bundle; nor are the migrations, which are read where they lie.
function filesBelow(folder: string): string[] {
  const root = join(repoRoot, folder)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(repoRoot.length + 1))
    .filter((path) => !path.startsWith(join('app', 'cli')) && !path.startsWith(join('db', 'migrations')))
    .sort()
}

if (isMain(import.meta.url)) {
  if (isBuilt()) process.stdout.write('The build is up to date.\n')
  else await build()
}
