import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { newId } from '~/lib/ids'
import { verbSeconds } from '~/platform/metrics'
import type { Tx } from '~db/client.server'
import { outbox } from '~db/schema'
import type { Permission } from '../orgs/vocabulary'
import { auditIn, type Audit } from './audit'
import { can, type Context } from './context'
import { DomainError, isRefusal, type FieldProblems } from './errors'
import type { Emit, EmitAll } from './events'
import { inTransaction } from './transaction'

type Run<I> = { tx: Tx; ctx: Context & { tx: Tx }; input: I; emit: Emit; audit: Audit }
type CommandSpec<S extends z.ZodType, O> = {
  name: string
  permission: Permission
  input: S
  run: (work: Run<z.output<S>>) => Promise<O>
}
type QuerySpec<S extends z.ZodType, O> = {
  name: string
  permission: Permission
  input: S
  run: (work: { tx: Tx; ctx: Context & { tx: Tx }; input: z.output<S> }) => Promise<O>
}
/** What a verb is to its callers: asked with a context and an unparsed input, known by its name. */
export type Verb<S extends z.ZodType, O> = ((ctx: Context, input: z.input<S>) => Promise<O>) & {
  verb: string
  permission: Permission
  kind: 'command' | 'query'
}

/** The one way to write: permission, parse, one transaction with the change, its audit row and its events. */
export function command<S extends z.ZodType, O>(spec: CommandSpec<S, O>): Verb<S, O> {
  const run = (ctx: Context, input: z.input<S>) =>
    timed(spec.name, async () => {
      const parsed = admit(spec, ctx, input)
      return inTransaction(ctx, 'read write', (tx) =>
        spec.run({ tx, ctx: { ...ctx, tx }, input: parsed, emit: emitIn(tx, ctx), audit: auditIn(tx, ctx, spec.name) }),
      )
    })
  return Object.assign(run, { verb: spec.name, permission: spec.permission, kind: 'command' as const })
}

/** The one way to read: permission, parse, a read-only transaction, timed. */
export function query<S extends z.ZodType, O>(spec: QuerySpec<S, O>): Verb<S, O> {
  const run = (ctx: Context, input: z.input<S>) =>
    timed(spec.name, async () => {
      const parsed = admit(spec, ctx, input)
      return inTransaction(ctx, 'read only', (tx) => spec.run({ tx, ctx: { ...ctx, tx }, input: parsed }))
    })
  return Object.assign(run, { verb: spec.name, permission: spec.permission, kind: 'query' as const })
}

function admit<S extends z.ZodType>(spec: { permission: Permission; input: S }, ctx: Context, input: unknown): z.output<S> {
  if (!can(ctx.actor, spec.permission)) throw new DomainError('not-allowed')
  const parsed = spec.input.safeParse(input)
  if (parsed.success) return parsed.data
  throw new DomainError('invalid', { fields: problemsOf(parsed.error) })
}

function problemsOf(error: z.ZodError): FieldProblems {
  const fields: FieldProblems = {}
  for (const issue of error.issues) (fields[issue.path.join('.')] ??= []).push(issue.message)
  return fields
}

/** Writes an event beside the change that caused it and wakes the relay at commit. */
export function emitIn(tx: Tx, ctx: Context): Emit {
  return async (name, payload) => {
    await tx.insert(outbox).values({ orgId: ctx.orgId, id: newId('evt'), name, payload, requestId: ctx.requestId, createdAt: ctx.now })
    await tx.execute(sql`select pg_notify('clew_outbox', '')`)
  }
}

/** The same for many events of a kind: one statement, in their order. */
export function emitAllIn(tx: Tx, ctx: Context): EmitAll {
  return async (name, payloads) => {
    if (payloads.length === 0) return
    await tx.insert(outbox).values(payloads.map((payload) => ({ orgId: ctx.orgId, id: newId('evt'), name, payload, requestId: ctx.requestId, createdAt: ctx.now })))
    await tx.execute(sql`select pg_notify('clew_outbox', '')`)
  }
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const stop = verbSeconds.startTimer({ name })
  try {
    const result = await work()
    stop({ result: 'done' })
    return result
  } catch (error) {
    stop({ result: isRefusal(error) ? error.code : 'failed' })
    throw error
  }
}
