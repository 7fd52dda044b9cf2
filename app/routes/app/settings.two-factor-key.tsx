import { useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { startTwoFactor } from '~/domain/auth'
import { typedPassword } from '~/domain/auth/contract'
import { redirectTo, submit, visitOf } from '~/http'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle = { title: 'twoFactor' }

const Password = z.object({ password: typedPassword })

export const action = submit({ form: Password }, async ({ input, request }) => {
  await startTwoFactor(input, visitOf(request))
  return redirectTo('/settings/security/two-factor')
})

export default function TwoFactorKeyPage() {
  const { t } = useTranslation('orgs')
  const say = useAccountWords({ instead: { 'wrong-credentials': 'wrong-password' } })
  const [form, fields] = useActionForm<z.input<typeof Password>>({ id: 'two-factor-key', result: useSaid(useActionData<typeof action>(), say) })
  return (
    <>
      <PageHeader title={t('security.setup.title')} crumb={{ href: '/settings/security', label: t('settings.security') }} />
      <PageBody narrow>
        <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4">
          <PasswordField field={fields.password} label={t('security.confirmPassword')} autoComplete="current-password" autoFocus />
          <div>
            <SubmitButton>{t('security.start')}</SubmitButton>
          </div>
        </ActionForm>
      </PageBody>
    </>
  )
}
