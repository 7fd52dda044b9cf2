import type { Command } from 'commander'
import { isRefusal } from '~/domain/kernel'
import { EnvError } from '~/platform/env'
import { closeDatabase, serveAs } from '~db/client.server'
import { ProvisionError } from '~db/provision'
import { withDatabase } from './database'

/** A problem with how a command was called: exit 2, where a refusal is exit 1. */
export class UsageError extends Error {}

type Say<T> = (answer: T) => string

/**
 * Runs one command of the operator: opens the database, does `act`, and prints its answer, as one JSON document
 * with `--json` or in words with `say`. Exits 0, 1 when refused, 2 when called wrongly.
 */
export async function runCommand<T>(command: Command, act: () => Promise<T>, say: Say<T>): Promise<void> {
  const json = command.optsWithGlobals<{ json?: boolean }>().json === true
  try {
    const answer = await withDatabase(async () => {
      serveAs('worker')
      try {
        return await act()
      } finally {
        await closeDatabase()
      }
    })
    process.stdout.write(json ? `${JSON.stringify(answer, bigintAsText)}\n` : `${say(answer)}\n`)
  } catch (error) {
    const { problem, fields, exitCode } = explain(error)
    if (json) process.stdout.write(`${JSON.stringify({ error: problem, ...(fields ? { fields } : {}) })}\n`)
    process.stderr.write(`${problem}${fields ? ` ${JSON.stringify(fields)}` : ''}\n`)
    process.exitCode = exitCode
  }
}

/** Progress on standard error, for work that takes over a second. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`)

function explain(error: unknown): { problem: string; fields?: Record<string, string[]>; exitCode: number } {
  if (isRefusal(error)) {
    const some = Object.keys(error.fields).length > 0
    return { problem: `Refused: ${error.code}.`, ...(some ? { fields: error.fields } : {}), exitCode: 1 }
  }
  if (error instanceof UsageError || error instanceof EnvError) return { problem: error.message, exitCode: 2 }
  if (error instanceof ProvisionError) return { problem: error.problems.join('\n'), exitCode: 2 }
  return { problem: error instanceof Error ? error.message : 'Failed.', exitCode: 1 }
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
