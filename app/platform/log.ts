import { basename } from 'node:path'
import { pino, type Logger } from 'pino'
import { scrub } from './scrub'

const PERSONAL = [
  'email', 'phone', 'mobile', 'firstName', 'lastName', 'fullName', 'first_name', 'last_name', 'full_name',
  'ip', 'address', 'note', 'body', 'rawBody', 'payload', 'wechat', 'params', 'parameters', 'detail',
]
const SECRET = [
  'password', 'secret', 'token', 'key', 'apiKey', 'api_key', 'sourceKey', 'authorization', 'cookie', 'session',
  'connectionString', 'databaseUrl', 'DATABASE_URL', 'SESSION_SECRET', 'ENCRYPTION_KEY', 'headers',
]
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** The structured log of this process: JSON lines on standard output, without personal data or secrets. */
export const log: Logger = pino({
  level: LEVELS.find((level) => level === process.env.LOG_LEVEL) ?? 'info',
  base: { process: basename(process.argv[1] ?? 'clew').replace(/\.\w+$/, ''), pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: redactedPaths(), censor: '[redacted]' },
  serializers: { err: describeError, error: describeError },
  hooks: {
    logMethod(args, method) {
      const clean = args.map((part) => (typeof part === 'string' ? scrub(part) : part))
      method.apply(this, clean as typeof args)
    },
  },
})

/** A log whose every line carries `bindings`, such as a request id or the name of a job. */
export function childLog(bindings: Record<string, unknown>): Logger {
  return log.child(bindings)
}

// Database drivers hang the statement, its parameters and the row's values on the error: none of them is logged.
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) }
  const { code, severity, constraint_name: constraint } = error as Error & Record<string, unknown>
  return {
    type: error.name,
    message: messageOf(error),
    stack: scrub((error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).join('\n')),
    ...(code === undefined ? {} : { code }),
    ...(severity === undefined ? {} : { severity }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

// drizzle writes the parameters into its message, PostgreSQL the value it could not read.
function messageOf(error: Error): string {
  const [first = ''] = error.message.split('\nparams:')
  return scrub('severity' in error ? first.replace(/: ".*"$/s, ': [value]') : first)
}

function redactedPaths(): string[] {
  const names = [...PERSONAL, ...SECRET]
  return [...names, ...names.map((name) => `*.${name}`), ...names.map((name) => `*.*.${name}`)]
}
