import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

/** A Chromium that answers, and what it needs to run. */
export type Browser = { executablePath: string; args: string[]; env: Record<string, string>; origin: string }

const SYSTEM = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome',
  '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const HOW_TO_GET_ONE = 'No Chromium was found: install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH to yours.'

/** Nothing but the test leaves the machine: no updates, no field trials, no accounts, no predictions. */
const QUIET = [
  '--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-sync',
  '--disable-domain-reliability', '--disable-client-side-phishing-detection', '--disable-field-trial-config',
  '--disable-features=Translate,OptimizationHints,MediaRouter,InterestFeedContentSuggestions,AutofillServerCommunication',
  '--metrics-recording-only', '--no-first-run', '--no-default-browser-check', '--no-pings', '--safebrowsing-disable-auto-update',
  '--password-store=basic', '--use-mock-keychain',
]
const SERVER = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none']
// The build that npm carries has no zygote and no GPU process, and renders with SwiftShader.
const CARRIED = ['--no-zygote', '--in-process-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--headless=shell']

/**
 * Finds a Chromium: CHROMIUM_PATH, Playwright's own, one installed on the system, else the one npm carries, unpacked
 * on first use. Each must print its version. Throws with one sentence that says how to get one.
 */
export async function findBrowser(): Promise<Browser> {
  const asked = process.env['CHROMIUM_PATH'] ?? process.env['CHROME_PATH']
  if (asked !== undefined && asked !== '') {
    if (answers(asked)) return { executablePath: asked, args: [...SERVER, ...QUIET], env: {}, origin: 'CHROMIUM_PATH' }
    throw new Error(`CHROMIUM_PATH is ${asked}, which does not start.`)
  }
  for (const [origin, path] of [...playwrightBuilds(), ...SYSTEM.map((each) => ['system', each] as const)]) {
    if (answers(path)) return { executablePath: path, args: [...SERVER, ...QUIET], env: {}, origin }
  }
  const carried = await carriedByNpm()
  if (carried !== null) return carried
  throw new Error(HOW_TO_GET_ONE)
}

function answers(path: string, env: Record<string, string> = {}): boolean {
  if (!existsSync(path)) return false
  try {
    const said = execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
    return /\d+\.\d+/.test(said)
  } catch {
    return false
  }
}

function* playwrightBuilds(): Generator<readonly [string, string]> {
  const caches = [process.env['PLAYWRIGHT_BROWSERS_PATH'], join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')]
  for (const cache of caches) {
    if (cache === undefined || !existsSync(cache)) continue
    for (const build of readdirSync(cache).filter((name) => /^chromium(?:_headless_shell)?-\d+$/.test(name)).sort().reverse()) {
      for (const program of ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-linux/headless_shell', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']) {
        yield ['playwright', join(cache, build, program)]
      }
    }
  }
}

async function carriedByNpm(): Promise<Browser | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const home = packageFolder()
  if (home === null) return null
  const folder = join(homedir(), '.cache/clew-chromium', home.version)
  if (!existsSync(join(folder, 'chromium'))) await unpack(join(home.path, 'bin'), folder)
  const executablePath = join(folder, 'chromium')
  const env = { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  if (!answers(executablePath, env)) return null
  return { executablePath, args: [...SERVER, ...QUIET, ...CARRIED], env, origin: 'npm' }
}

function packageFolder(): { path: string; version: string } | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
    const path = entry.slice(0, entry.indexOf('@sparticuz/chromium') + '@sparticuz/chromium'.length)
    const { version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version: string }
    return { path, version }
  } catch {
    return null
  }
}

// Unpacked beside its place and renamed, so that a run that is killed, or two at once, leave no half of it.
async function unpack(bin: string, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const draft = mkdtempSync(`${folder}-`)
  const program = join(draft, 'chromium')
  await pipeline(createReadStream(join(bin, 'chromium.br')), createBrotliDecompress(), createWriteStream(program))
  chmodSync(program, 0o755)
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) await untar(join(bin, archive), draft)
  const fonts = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('')
  writeFileSync(join(draft, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts}<cachedir>${join(tmpdir(), 'clew-fontconfig')}</cachedir></fontconfig>`)
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(join(folder, 'chromium'))) throw error
  }
}

async function untar(archive: string, folder: string): Promise<void> {
  const tar = spawn('tar', ['--no-same-owner', '-xf', '-', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = new Promise<void>((resolve, reject) => {
    tar.once('error', reject).once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`tar ended with ${String(code)}`))
    })
  })
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin)
  await ended
}
