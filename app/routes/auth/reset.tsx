import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { passwordLengths, resetLink, resetPassword } from '~/domain/auth'
import { typedPassword } from '~/domain/auth/contract'
import { publicPage, publicSubmit, redirectTo, visitOf } from '~/http'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { LinkButton } from '~/ui/primitives/button'
import type { PageHandle } from '~/ui/layout/page-title'

const Reset = z.object({ password: typedPassword })

export const meta: MetaFunction = () => [{ name: 'robots', content: 'noindex' }, { name: 'referrer', content: 'same-origin' }]
export const handle: PageHandle = { title: 'reset' }

export const loader = publicPage({}, async ({ params, now }) => {
  const link = await resetLink(params['token'] ?? '', now)
  return { min: link === null ? null : link.twoFactorEnabled ? passwordLengths.withTwoFactor : passwordLengths.alone }
})

export const action = publicSubmit({ form: Reset }, async ({ input, params, request }) => {
  await resetPassword({ token: params['token'] ?? '', password: input.password }, visitOf(request))
  return redirectTo('/sign-in?done=password')
})

export default function ResetPage() {
  const { t } = useTranslation('auth')
  const { min } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const say = useAccountWords({ min: min ?? undefined })
  const [form, fields] = useActionForm<z.input<typeof Reset>>({ id: 'reset', result: useSaid(answer, say) })
  if (min === null) return <Expired />
  return (
    <>
      <h1 className="text-28 font-semibold">{t('reset.title')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('reset.lead')}</p>
      <ActionForm form={form}>
        <PasswordField field={fields.password} label={t('password.new')} autoComplete="new-password" description={t('password.rule', { min })} autoFocus />
        <SubmitButton wide size="l">{t('reset.submit')}</SubmitButton>
      </ActionForm>
    </>
  )
}

function Expired() {
  const { t } = useTranslation('auth')
  return (
    <>
      <h1 className="text-28 font-semibold">{t('reset.expiredTitle')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('reset.expired')}</p>
      <LinkButton to="/forgot" variant="next" size="l" wide>{t('reset.again')}</LinkButton>
    </>
  )
}
