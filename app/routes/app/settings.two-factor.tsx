import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { confirmTwoFactor, pendingTwoFactor } from '~/domain/auth'
import { typedCode } from '~/domain/auth/contract'
import { accountVisiting, onceCookie, onceCookieGone, onceValue, page, redirectTo, submit, visitOf, withCookies } from '~/http'
import { qrPath, type QrPath } from '~/lib/qr-path'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'

export const handle: PageHandle = { title: 'twoFactor' }

const Code = z.object({ code: typedCode })

export const loader = page({}, async ({ request }) => {
  const me = await accountVisiting(request)
  const key = me === null ? null : await pendingTwoFactor(me)
  if (key === null && me?.twoFactorEnabled !== true) throw redirectTo('/settings/security/two-factor-key')
  const codes = key === null ? (onceValue(request)?.split(' ') ?? null) : null
  return data({ key, qr: key === null ? null : qrPath(key.uri), codes }, { headers: withCookies([onceCookieGone()]) })
})

// The acting session has a new secret: the codes wait for the next request, which is made with it.
export const action = submit({ form: Code }, async ({ input, request }) => {
  const { recoveryCodes, cookies } = await confirmTwoFactor(input, visitOf(request))
  return redirectTo('/settings/security/two-factor', withCookies([...cookies, onceCookie(recoveryCodes.join(' '))]))
})

export default function TwoFactorPage() {
  const { t } = useTranslation('orgs')
  const { key, qr, codes } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useActionForm<z.input<typeof Code>>({ id: 'two-factor', result: useSaid(answer, useAccountWords()) })
  if (codes !== null) return <RecoveryCodes codes={codes} />
  return (
    <>
      <PageHeader title={t(key === null ? 'security.setup.onTitle' : 'security.setup.title')} crumb={{ href: '/settings/security', label: t('settings.security') }} />
      {key !== null && (
        <PageBody narrow>
          <p className="text-13 text-text-2">{t('security.setup.step1')}</p>
          <div className="mt-3 mb-6 flex flex-wrap items-start gap-6">
            {qr !== null && <Qr {...qr} />}
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-13 text-text-2">{t('security.setup.secret')}</p>
              <p className="mt-1 mb-4 flex items-center gap-2">
                <code className="text-16 break-all tn">{key.secret.match(/.{1,4}/g)?.join(' ')}</code>
                <CopyButton value={key.secret} />
              </p>
              <a href={key.uri} className="btn">{t('security.setup.open')}</a>
            </div>
          </div>
          <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4">
            <InputField field={fields.code} label={t('security.setup.code')} description={t('security.setup.step2')} autoComplete="one-time-code" inputMode="numeric" />
            <div>
              <SubmitButton>{t('security.setup.confirm')}</SubmitButton>
            </div>
          </ActionForm>
        </PageBody>
      )}
    </>
  )
}

/** Dark on white in both themes: cameras look for that. */
function Qr({ size, path }: QrPath) {
  const { t } = useTranslation('orgs')
  return (
    <svg role="img" aria-label={t('security.setup.qr')} viewBox={`0 0 ${size} ${size}`} width="208" height="208" shapeRendering="crispEdges" className="shrink-0 rounded-md border border-line">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('orgs')
  return (
    <>
      <PageHeader title={t('security.setup.onTitle')} />
      <PageBody narrow>
        <p className="max-w-[60ch] text-13 text-text-2">{t('security.setup.codes')}</p>
        <ol className="my-4 grid gap-x-8 gap-y-2 rounded-md bg-sunken p-4 text-14 sm:grid-cols-2">
          {codes.map((code) => <li key={code}><code className="tn break-all">{code}</code></li>)}
        </ol>
        <div className="flex gap-2">
          <CopyButton value={codes.join('\n')} size="m">{t('security.setup.copy')}</CopyButton>
          <LinkButton to="/settings/security" variant="next">{t('security.setup.done')}</LinkButton>
        </div>
      </PageBody>
    </>
  )
}
