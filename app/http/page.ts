import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import type * as z from 'zod'
import { can, DomainError, isRefusal, type Context } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { refusalResponse } from './refusal'
import { requestFacts } from './request-context'
import type { Viewer } from './session'

type Params = Record<string, string>
export type PageWork<S> = { ctx: Context; viewer: Viewer; search: S; params: Params; request: Request }
export type PublicPageWork<S> = { search: S; params: Params; request: Request; now: Date; ip: string; requestId: string }
type PageSpec<S extends z.ZodType> = { permission?: Permission; search?: S }

/** Query parameters as an object; a name that stands twice becomes a list. */
export function searchOf(request: Request): Record<string, string | string[]> {
  const params = new URL(request.url).searchParams
  const found: Record<string, string | string[]> = {}
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    found[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return found
}

export const paramsOf = (params: LoaderFunctionArgs['params']): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? '']))

/** Who is looking, or a redirect to the sign-in page that comes back here. */
export async function signedIn(request: Request): Promise<{ ctx: Context; viewer: Viewer }> {
  const facts = requestFacts()
  const viewing = await facts.viewing()
  if (viewing === null) throw redirect(signInPath(request))
  return { ctx: { orgId: viewing.orgId, actor: viewing.actor, now: facts.now, requestId: facts.requestId }, viewer: viewing.viewer }
}

function signInPath(request: Request): string {
  const url = new URL(request.url)
  url.searchParams.delete('_routes')
  const here = url.pathname.replace(/\.data$/, '') + url.search
  return here === '/' || request.method !== 'GET' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`
}

export function parseSearch<S extends z.ZodType>(schema: S | undefined, request: Request): z.output<S> {
  if (schema === undefined) return undefined as z.output<S>
  const parsed = schema.safeParse(searchOf(request))
  if (parsed.success) return parsed.data
  throw new DomainError('invalid')
}

/** The loader of a workspace page: signed in, allowed, parsed; refusals become pages with their status. */
export function page<T, S extends z.ZodType = z.ZodUndefined>(spec: PageSpec<S>, load: (work: PageWork<z.output<S>>) => Promise<T>) {
  return async ({ request, params }: LoaderFunctionArgs): Promise<T> => {
    const { ctx, viewer } = await signedIn(request)
    return refusing(async () => {
      if (spec.permission !== undefined && !can(ctx.actor, spec.permission)) throw new DomainError('not-allowed')
      if (namesNothing(params)) throw new DomainError('not-found')
      return load({ ctx, viewer, search: parseSearch(spec.search, request), params: paramsOf(params), request })
    })
  }
}

const typeId = /^[a-z]+_[0-9a-hjkmnp-tv-z]{26}$/

// An address with something else where an id stands is a wrong address, not a wrong form.
const namesNothing = (params: LoaderFunctionArgs['params']): boolean => Object.entries(params).some(([name, value]) => name.endsWith('Id') && !typeId.test(value ?? ''))

/** The loader of a page that needs no account. */
export function publicPage<T, S extends z.ZodType = z.ZodUndefined>(spec: { search?: S }, load: (work: PublicPageWork<z.output<S>>) => Promise<T>) {
  return async ({ request, params }: LoaderFunctionArgs): Promise<T> => {
    const { now, ip, requestId } = requestFacts()
    return refusing(() => load({ search: parseSearch(spec.search, request), params: paramsOf(params), request, now, ip, requestId }))
  }
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isRefusal(error)) throw refusalResponse(error)
    throw error
  }
}

