import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { it } from 'vitest'

const root = fileURLToPath(new URL('../../../shared/', import.meta.url))

/** The path of a file under ../shared, or null where this checkout has none beside it. */
export function sharedPath(file: string): string | null {
  const path = `${root}${file}`
  return existsSync(path) ? path : null
}

/** The text of a file under ../shared, which must be there: use inside `sharedTest`. */
export function readSharedFile(path: string): string {
  return readFileSync(path, 'utf8')
}

/** A test on a file under ../shared; where the file is missing it is skipped and says so. */
export function sharedTest(name: string, file: string, run: (path: string) => void | Promise<void>, timeout?: number): void {
  const path = sharedPath(file)
  if (path !== null) {
    it(name, () => run(path), timeout)
    return
  }
  process.stdout.write(`skipped: ${name} (no ../shared/${file})\n`)
  it.skip(name)
}
