import type { MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { signIn } from '~/domain/auth'
import { typedEmail, typedPassword } from '~/domain/auth/contract'
import { accountVisiting, nextPath, publicPage, publicSubmit, redirectTo, requestFacts, visitOf, withCookies } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import type { PageHandle } from '~/ui/layout/page-title'

const Search = z.object({ next: z.string().optional().catch(undefined), done: z.enum(['signed-out', 'password']).optional().catch(undefined) })
const SignIn = z.object({ email: typedEmail, password: typedPassword, next: z.string().optional() })

export const meta: MetaFunction = () => [{ name: 'robots', content: 'noindex' }]
export const handle: PageHandle = { title: 'signIn' }

export const loader = publicPage({ search: Search }, async ({ search, request }) => {
  const next = nextPath(search.next)
  if ((await requestFacts().viewing()) !== null) throw redirectTo(next)
  const without = await accountVisiting(request)
  return { next, done: search.done ?? null, without: without === null ? null : without.email }
})

export const action = publicSubmit({ form: SignIn }, async ({ input, request }) => {
  const entered = await signIn(input, visitOf(request))
  const next = nextPath(input.next)
  const path = entered.state === 'signed-in' ? next : `/sign-in/code?next=${encodeURIComponent(next)}`
  return redirectTo(path, withCookies(entered.cookies))
})

export default function SignInPage() {
  const { t } = useTranslation('auth')
  const { next, done, without } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const say = useAccountWords()
  const [form, fields] = useActionForm<z.input<typeof SignIn>>({ id: 'sign-in', result: useSaid(answer, say) })
  return (
    <>
      <h1 className="text-28 font-semibold">{t('signIn.title')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('signIn.lead')}</p>
      {done !== null && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t(done === 'password' ? 'signIn.passwordSet' : 'signIn.signedOut')}</p>}
      {without !== null && <p role="status" className="mb-4 rounded-md bg-warn-wash px-3 py-2 text-13 text-warn">{t('signIn.noOrganisation', { email: without })}</p>}
      <ActionForm form={form}>
        <input type="hidden" name="next" value={next} />
        <InputField field={fields.email} label={t('signIn.email')} type="email" autoComplete="username" autoFocus />
        <PasswordField field={fields.password} label={t('signIn.password')} autoComplete="current-password" />
        <SubmitButton wide size="l">{t('signIn.submit')}</SubmitButton>
      </ActionForm>
      <p className="mt-4 text-13">
        <Link to="/forgot" className="lnk inline-flex min-h-6 items-center">{t('signIn.forgot')}</Link>
      </p>
      <p className="mt-10 border-t border-line pt-4 text-12 text-muted">{t('signIn.noAccount')}</p>
    </>
  )
}
