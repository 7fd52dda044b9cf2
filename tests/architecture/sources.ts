import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A source file: its path from the root of the repository, with forward slashes, and its text. */
export type Source = { path: string; text: string }

export const root = fileURLToPath(new URL('../..', import.meta.url))
const SKIPPED = new Set(['node_modules', 'build', '.data', '.git', 'migrations'])

/** Every file under a folder whose name ends so, in order; none where the folder is missing. */
export function sourcesIn(folder: string, ending: RegExp = /\.tsx?$/): Source[] {
  const start = join(root, folder)
  if (!existsSync(start)) return []
  return walk(start)
    .filter((path) => ending.test(path))
    .sort()
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Source without its comments, line numbers kept, so that prose about code is not taken for code. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|[\s;{(,])\/\/[^\n]*/g, '$1')
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}
