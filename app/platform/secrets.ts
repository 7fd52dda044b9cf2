import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, found from the sources as well as from the built bundle. */
export const repoRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

/**
 * A secret of this installation: 32 random bytes in base64, made on first use and kept in the data folder,
 * readable by its owner only.
 */
export function generatedSecret(dataDir: string, name: string): string {
  return keptSecret(dataDir, name, () => randomBytes(32).toString('base64'))
}

/** The text kept under `name` in the data folder's `secrets`, made by `make` when there is none yet. */
export function keptSecret(dataDir: string, name: string, make: () => string): string {
  const folder = secretsFolder(dataDir)
  const path = join(folder, name)
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const draft = join(folder, `.${name}.${process.pid}.${randomBytes(4).toString('hex')}`)
  writeFileSync(draft, `${make()}\n`, { mode: 0o600 })
  linkUnlessPresent(draft, path)
  return readFileSync(path, 'utf8').trim()
}

/** The folder of generated secrets, created 0700. The data folder above may be passed through: the database's user must. */
export function secretsFolder(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

// link(2) refuses an existing name, so two processes that start together agree on one secret.
function linkUnlessPresent(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  return parent === from ? process.cwd() : findRoot(parent)
}
