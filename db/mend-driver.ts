import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

type Mend = { from: string; to: string; times: number }

// postgres 3.4.9, issues 1154, 1208 and pull request 1209: a write after the server is gone throws outside every promise
// and ends the process; a write pending at that moment leaves the connection mute for ever; and a held connection that
// died is given back as if it were open.
const MENDS: readonly Mend[] = [
  {
    from: '  function nextWrite(fn) {\n    const x',
    to: "  function nextWrite(fn) {\n    if (socket === null) {\n      chunk = nextWriteTimer = null\n      const gone = Errors.connection('CONNECTION_CLOSED', options, socket)\n      error(gone)\n      onclose(connection, gone)\n      return false\n    }\n    const x",
    times: 1,
  },
  { from: '    clearImmediate(nextWriteTimer)\n', to: '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n', times: 2 },
]

/**
 * Repairs the installed PostgreSQL driver in place; doing it twice changes nothing. Answers whether the driver
 * is whole: false for another version, or when node_modules cannot be written.
 */
export function mendDriver(): boolean {
  // The package exports no package.json; its CommonJS entry is cjs/src/index.js.
  const root = join(dirname(createRequire(import.meta.url).resolve('postgres')), '../..')
  const results = ['src/connection.js', 'cjs/src/connection.js'].map((file) => mendFile(join(root, file)))
  return results.every(Boolean)
}

function mendFile(path: string): boolean {
  const before = readFileSync(path, 'utf8')
  if (before.includes(MENDS[0]?.to ?? '')) return true
  if (MENDS.some(({ from, times }) => before.split(from).length - 1 !== times)) return false
  const after = MENDS.reduce((text, { from, to }) => text.replaceAll(from, () => to), before)
  return replaceFile(path, after)
}

function replaceFile(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, text)
    renameSync(draft, path)
    return true
  } catch {
    rmSync(draft, { force: true })
    return false
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) mendDriver()
