import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { changePassword, listSessions, passwordLengths } from '~/domain/auth'
import { typedPassword } from '~/domain/auth/contract'
import { DomainError } from '~/domain/kernel'
import { accountVisiting, page, redirectTo, submit, visitOf, withCookies } from '~/http'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { SessionList } from './session-list'

export const handle: PageHandle = { title: 'security' }

const Change = z.object({ current: typedPassword, password: typedPassword })
const Search = z.object({ done: z.enum(['password', 'stopped']).optional().catch(undefined) })

export const loader = page({ search: Search }, async ({ request, search, ctx }) => {
  const me = await accountVisiting(request)
  if (me === null) throw new DomainError('not-signed-in')
  return { sessions: await listSessions(me, ctx.now), twoFactorEnabled: me.twoFactorEnabled, min: me.twoFactorEnabled ? passwordLengths.withTwoFactor : passwordLengths.alone, done: search.done ?? null, now: ctx.now }
})

export const action = submit({ form: Change }, async ({ input, request }) => {
  const { cookies } = await changePassword(input, visitOf(request))
  return redirectTo('/settings/security?done=password', withCookies(cookies))
})

export default function SecurityPage() {
  const { t } = useTranslation('orgs')
  const { sessions, twoFactorEnabled, min, done, now } = useLoaderData<typeof loader>()
  const factor = t(twoFactorEnabled ? 'security.on' : 'security.off')
  return (
    <>
      <PageHeader title={t('security.title', { count: sessions.length, factor })} />
      <PageBody narrow>
        {done !== null && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t(done === 'password' ? 'security.changed' : 'security.stopped')}</p>}
        <PageSection title={t('security.factor')}>
          <p className="mb-3 max-w-[60ch] text-13 text-text-2">{t(twoFactorEnabled ? 'security.factorOn' : 'security.factorOff')}</p>
          {twoFactorEnabled ? <LinkButton to="/settings/security/two-factor-removal">{t('security.stop')}</LinkButton> : <LinkButton to="/settings/security/two-factor-key">{t('security.start')}</LinkButton>}
        </PageSection>
        <PageSection title={t('security.password')}>
          <PasswordForm min={min} />
        </PageSection>
        <PageSection title={t('security.sessions')}>
          <SessionList sessions={sessions} now={now} />
        </PageSection>
      </PageBody>
    </>
  )
}

function PasswordForm({ min }: { min: number }) {
  const { t } = useTranslation(['orgs', 'auth'])
  const say = useAccountWords({ min, instead: { 'wrong-credentials': 'wrong-password' } })
  const [form, fields] = useActionForm<z.input<typeof Change>>({ id: 'password', result: useSaid(useActionData<typeof action>(), say) })
  return (
    <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4">
      <PasswordField field={fields.current} label={t('orgs:security.current')} autoComplete="current-password" />
      <PasswordField field={fields.password} label={t('auth:password.new')} autoComplete="new-password" description={t('auth:password.rule', { min })} />
      <div>
        <SubmitButton variant="plain">{t('orgs:security.change')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
