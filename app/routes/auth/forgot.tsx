import type { MetaFunction } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { requestReset } from '~/domain/auth'
import { typedEmail } from '~/domain/auth/contract'
import { publicSubmit, visitOf } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import type { PageHandle } from '~/ui/layout/page-title'

const Forgot = z.object({ email: typedEmail })

export const meta: MetaFunction = () => [{ name: 'robots', content: 'noindex' }]
export const handle: PageHandle = { title: 'forgot' }

export const action = publicSubmit({ form: Forgot }, async ({ input, request }) => {
  await requestReset(input, visitOf(request))
  return { email: input.email }
})

export default function ForgotPage() {
  const { t } = useTranslation('auth')
  const answer = useActionData<typeof action>()
  const say = useAccountWords()
  const [form, fields] = useActionForm<z.input<typeof Forgot>>({ id: 'forgot', result: useSaid(answer, say) })
  const sent = answer?.done
  return (
    <>
      <h1 className="text-28 font-semibold">{t(sent === undefined ? 'forgot.title' : 'forgot.sentTitle')}</h1>
      <p role={sent === undefined ? undefined : 'status'} className="mt-1 mb-8 text-14 text-muted">{sent === undefined ? t('forgot.lead') : t('forgot.sent', { email: sent.email })}</p>
      {sent === undefined && (
        <ActionForm form={form}>
          <InputField field={fields.email} label={t('signIn.email')} type="email" autoComplete="username" autoFocus />
          <SubmitButton wide size="l">{t('forgot.submit')}</SubmitButton>
        </ActionForm>
      )}
      <p className="mt-4 text-13">
        <Link to="/sign-in" className="lnk inline-flex min-h-6 items-center">{t('forgot.back')}</Link>
      </p>
    </>
  )
}
