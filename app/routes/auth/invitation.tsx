import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { signIn } from '~/domain/auth'
import { typedPassword } from '~/domain/auth/contract'
import { requiredLine } from '~/domain/kernel/contract'
import { acceptInvitation, invitationOf } from '~/domain/orgs'
import { accountVisiting, orgCookieFor, publicPage, publicSubmit, redirectTo, visitOf, withCookies } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { LinkButton } from '~/ui/primitives/button'
import type { PageHandle } from '~/ui/layout/page-title'

// A new account has no second factor yet.
const passwordMin = 15

const Accept = z.object({ name: requiredLine(), password: typedPassword })

export const meta: MetaFunction = () => [{ name: 'robots', content: 'noindex' }, { name: 'referrer', content: 'same-origin' }]
export const handle: PageHandle = { title: 'invitation' }

export const loader = publicPage({}, async ({ params, request, now }) => {
  const token = params['token'] ?? ''
  const [held, me] = await Promise.all([invitationOf(token, now), accountVisiting(request)])
  if (held === null) return { state: 'expired' as const }
  const state = me === null ? (held.hasAccount ? ('sign-in' as const) : ('new' as const)) : me.email === held.email ? ('join' as const) : ('other' as const)
  return { state, token, org: held.organisation.name, email: held.email, role: held.role, me: me?.email ?? '' }
})

export const action = publicSubmit({ form: Accept }, async ({ input, params, request, now }) => {
  const { orgId, email } = await acceptInvitation({ token: params['token'] ?? '', ...input }, now)
  const { cookies } = await signIn({ email, password: input.password }, visitOf(request))
  return redirectTo('/', withCookies([...cookies, orgCookieFor(orgId)]))
})

export default function InvitationPage() {
  const held = useLoaderData<typeof loader>()
  const { t } = useTranslation(['auth', 'orgs'])
  if (held.state === 'expired') return <Words title={t('auth:invitation.expiredTitle')} lead={t('auth:invitation.expired')} />
  const { org, email, me } = held
  const role = t(`orgs:role.${held.role}`)
  if (held.state === 'other') return <Words title={t('auth:invitation.otherTitle')} lead={t('auth:invitation.other', { email, me })} action={{ to: '/sign-out', label: t('auth:signOut.submit') }} />
  if (held.state === 'sign-in') {
    const to = `/sign-in?next=${encodeURIComponent(`/invitations/${held.token}`)}`
    return <Words title={t('auth:invitation.hasAccountTitle')} lead={t('auth:invitation.hasAccount', { email, org })} action={{ to, label: t('auth:signIn.submit') }} />
  }
  if (held.state === 'join') {
    return (
      <>
        <Words title={t('auth:invitation.joinTitle', { org })} lead={t('auth:invitation.joinLead', { email, role })} />
        <Form method="post" action="membership" reloadDocument>
          <SubmitButton wide size="l">{t('auth:invitation.submit', { org })}</SubmitButton>
        </Form>
      </>
    )
  }
  return (
    <>
      <Words title={t('auth:invitation.title', { org })} lead={t('auth:invitation.lead', { email, role })} />
      <NewAccount org={org} />
    </>
  )
}

function NewAccount({ org }: { org: string }) {
  const { t } = useTranslation('auth')
  const answer = useActionData<typeof action>()
  const say = useAccountWords()
  const [form, fields] = useActionForm<z.input<typeof Accept>>({ id: 'accept', result: useSaid(answer, say) })
  return (
    <ActionForm form={form}>
      <InputField field={fields.name} label={t('invitation.name')} autoComplete="name" autoFocus />
      <PasswordField field={fields.password} label={t('password.new')} autoComplete="new-password" description={t('password.rule', { min: passwordMin })} />
      <SubmitButton wide size="l">{t('invitation.submit', { org })}</SubmitButton>
    </ActionForm>
  )
}

function Words({ title, lead, action: way }: { title: string; lead: string; action?: { to: string; label: string } }) {
  return (
    <>
      <h1 className="text-28 font-semibold text-balance">{title}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{lead}</p>
      {way !== undefined && <LinkButton to={way.to} variant="next" size="l" wide>{way.label}</LinkButton>}
    </>
  )
}
