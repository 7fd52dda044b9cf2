import { Form } from '@remix-run/react'
import type { ActionFunctionArgs } from '@remix-run/node'
import { useTranslation } from 'react-i18next'
import { signOut } from '~/domain/auth'
import { accountVisiting, publicPage, redirectTo, withCookies } from '~/http'
import { SubmitButton } from '~/ui/forms/form'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle = { title: 'signOut' }

export const loader = publicPage({}, async ({ request }) => {
  if ((await accountVisiting(request)) === null) throw redirectTo('/sign-in')
  return null
})

export async function action({ request }: ActionFunctionArgs) {
  return redirectTo('/sign-in?done=signed-out', withCookies(await signOut(request.headers)))
}

/** Reached only by typing the address: everywhere else signing out is a button. */
export default function SignOutPage() {
  const { t } = useTranslation('auth')
  return (
    <>
      <h1 className="text-28 font-semibold">{t('signOut.title')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('signOut.lead')}</p>
      <Form method="post" reloadDocument>
        <SubmitButton wide size="l">{t('signOut.submit')}</SubmitButton>
      </Form>
    </>
  )
}
