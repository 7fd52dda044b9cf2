import type { MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { owesSecondFactor, verifySecondFactor } from '~/domain/auth'
import { typedCode } from '~/domain/auth/contract'
import { nextPath, publicPage, publicSubmit, redirectTo, visitOf, withCookies } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import type { PageHandle } from '~/ui/layout/page-title'

const Search = z.object({ next: z.string().optional().catch(undefined) })
const Code = z.object({ code: typedCode, next: z.string().optional() })

export const meta: MetaFunction = () => [{ name: 'robots', content: 'noindex' }]
export const handle: PageHandle = { title: 'code' }

export const loader = publicPage({ search: Search }, async ({ search, request, now }) => {
  if (!(await owesSecondFactor(request.headers, now))) throw redirectTo('/sign-in')
  return { next: nextPath(search.next) }
})

export const action = publicSubmit({ form: Code }, async ({ input, request }) => {
  const entered = await verifySecondFactor(input, visitOf(request))
  return redirectTo(nextPath(input.next), withCookies(entered.cookies))
})

export default function SecondFactorPage() {
  const { t } = useTranslation('auth')
  const { next } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const say = useAccountWords()
  const [form, fields] = useActionForm<z.input<typeof Code>>({ id: 'second-factor', result: useSaid(answer, say) })
  return (
    <>
      <h1 className="text-28 font-semibold">{t('code.title')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('code.lead')}</p>
      <ActionForm form={form}>
        <input type="hidden" name="next" value={next} />
        <InputField field={fields.code} label={t('code.label')} autoComplete="one-time-code" inputMode="text" description={t('code.hint')} autoFocus />
        <SubmitButton wide size="l">{t('code.submit')}</SubmitButton>
      </ActionForm>
      <p className="mt-4 text-13">
        <Link to="/sign-in" className="lnk inline-flex min-h-6 items-center">{t('code.back')}</Link>
      </p>
    </>
  )
}
