import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import type * as z from 'zod'
import { can, DomainError, isRefusal } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { paramsOf, signedIn, type PageWork, type PublicPageWork } from './page'
import { headersOf, statusOf, viewOf, type RefusalView } from './refusal'
import { requestFacts } from './request-context'

/** What a form gets back: field messages (422), one refusal, or what was done. */
export type Submitted<T> = { done?: T; reply?: SubmissionResult; refusal?: RefusalView }
type SubmitWork<I> = Omit<PageWork<undefined>, 'search'> & { input: I }
type PublicSubmitWork<I> = Omit<PublicPageWork<undefined>, 'search'> & { input: I }
type FormSchema = z.ZodType<unknown, unknown>

/** The action of a workspace form: signed in, allowed, parsed. One noun, one endpoint. */
export function submit<T, S extends FormSchema>(spec: { permission?: Permission; form: S }, run: (work: SubmitWork<z.output<S>>) => Promise<T>) {
  return async ({ request, params }: ActionFunctionArgs) => {
    const { ctx, viewer } = await signedIn(request)
    // Before the body is read: whoever may not could make us hold a file of any size.
    if (spec.permission !== undefined && !can(ctx.actor, spec.permission)) return refused<T>(new DomainError('not-allowed'))
    return answered<T, S>(request, spec.form, (input) => run({ ctx, viewer, input, params: paramsOf(params), request }))
  }
}

/** The action of a form that needs no account. */
export function publicSubmit<T, S extends FormSchema>(spec: { form: S }, run: (work: PublicSubmitWork<z.output<S>>) => Promise<T>) {
  return async ({ request, params }: ActionFunctionArgs) => {
    const { now, ip, requestId } = requestFacts()
    return answered<T, S>(request, spec.form, (input) => run({ input, params: paramsOf(params), request, now, ip, requestId }))
  }
}

// What a form never gets back: it would stand in the page's source.
const secretFields = ['password', 'current', 'code', 'token', 'secret', 'keys', 'photo']

async function answered<T, S extends FormSchema>(request: Request, schema: S, run: (input: z.output<S>) => Promise<T>) {
  const form = await formOf(request)
  if (form === null) return refused<T>(new DomainError('invalid'))
  const submission = parseWithZod(form, { schema })
  if (submission.status !== 'success') return data<Submitted<T>>({ reply: submission.reply({ hideFields: secretFields }) }, { status: 422 })
  try {
    const done = await run(submission.value as z.output<S>)
    return done instanceof Response ? (done as never) : data<Submitted<T>>({ done }, { status: 200 })
  } catch (error) {
    if (!isRefusal(error)) throw error
    return refused<T>(error, submission.reply({ hideFields: secretFields, formErrors: [error.code], fieldErrors: error.fields }))
  }
}

const refused = <T>(error: DomainError, reply?: SubmissionResult) =>
  data<Submitted<T>>({ refusal: viewOf(error), ...(reply === undefined ? {} : { reply }) }, { status: statusOf(error), headers: headersOf(error) })

const formTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i

// Anything but a form is no form: a stranger's JSON is a refusal, not a bug of ours.
async function formOf(request: Request): Promise<FormData | null> {
  if (!formTypes.test(request.headers.get('content-type') ?? '')) return null
  try {
    const form = await request.formData()
    return isSane(form) ? form : null
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** After a change: see other, so that reloading the page does not repeat it. */
export const redirectTo = (path: string, headers: HeadersInit = {}): Response => redirect(path, { status: 303, headers })

/** What a script is told that something was done; without one the form's own page comes back. */
export function doneOrBack<T>(request: Request, path: string, done: T): T {
  if (request.headers.get('sec-fetch-mode') === 'navigate') throw redirectTo(path)
  return done
}

const mostFields = 5_000
const mostIndex = 5_000

// The parser builds what names say: `a[999999999]` would be an array of that length, and fill the memory of the process.
function isSane(form: FormData): boolean {
  let fields = 0
  for (const name of form.keys()) {
    fields += 1
    if (fields > mostFields || name.length > 200 || [...name.matchAll(/\[(\d+)\]/g)].some(([, index]) => Number(index) > mostIndex)) return false
  }
  return true
}
