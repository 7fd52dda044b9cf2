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
    return answered<T, S>(request, spec.form, (input) => {
      if (spec.permission !== undefined && !can(ctx.actor, spec.permission)) throw new DomainError('not-allowed')
      return run({ ctx, viewer, input, params: paramsOf(params), request })
    })
  }
}

/** The action of a form that needs no account. */
export function publicSubmit<T, S extends FormSchema>(spec: { form: S }, run: (work: PublicSubmitWork<z.output<S>>) => Promise<T>) {
  return async ({ request, params }: ActionFunctionArgs) => {
    const { now, ip, requestId } = requestFacts()
    return answered<T, S>(request, spec.form, (input) => run({ input, params: paramsOf(params), request, now, ip, requestId }))
  }
}

async function answered<T, S extends FormSchema>(request: Request, schema: S, run: (input: z.output<S>) => Promise<T>) {
  const submission = parseWithZod(await request.formData(), { schema })
  if (submission.status !== 'success') return data<Submitted<T>>({ reply: submission.reply() }, { status: 422 })
  try {
    const done = await run(submission.value as z.output<S>)
    return done instanceof Response ? (done as never) : data<Submitted<T>>({ done }, { status: 200 })
  } catch (error) {
    if (!isRefusal(error)) throw error
    const reply = submission.reply({ formErrors: [error.code], fieldErrors: error.fields })
    return data<Submitted<T>>({ refusal: viewOf(error), reply }, { status: statusOf(error), headers: headersOf(error) })
  }
}

/** After a change: see other, so that reloading the page does not repeat it. */
export const redirectTo = (path: string, headers: HeadersInit = {}): Response => redirect(path, { status: 303, headers })
