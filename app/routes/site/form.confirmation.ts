import { confirmByLink, hosted, shownForm } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { publicPage, requestFacts } from '~/http'
import { localeOf } from '~/i18n/locale'
import type { ActionFunctionArgs } from '@remix-run/node'

const wellFormed = /^[\w-]{20,80}$/

/** The page behind the link in the mail: it changes nothing until the button is pressed. */
export const loader = publicPage({}, async ({ params, request, now }) => sayOr(request, async () => {
  const shown = await shownForm(params['key'] ?? '', now, localeOf(request))
  return hosted.confirmPage(shown, wellFormed.test(params['token'] ?? '') ? (params['token'] ?? '') : 'none')
}))

export async function action({ params, request }: ActionFunctionArgs): Promise<Response> {
  const { now, requestId } = requestFacts()
  return sayOr(request, async () => {
    const formKey = params['key'] ?? ''
    await confirmByLink({ formKey, token: params['token'] ?? '', now, requestId })
    return hosted.confirmedPage(await shownForm(formKey, now, localeOf(request)))
  }, params['key'])
}

async function sayOr(request: Request, work: () => Promise<ReturnType<typeof hosted.sorryPage>>, key?: string): Promise<Response> {
  try {
    const page = await work()
    return new Response(page.text, { headers: { ...hosted.headers(page, null), 'Referrer-Policy': 'no-referrer' } })
  } catch (error) {
    if (!isRefusal(error)) throw error
    const page = hosted.sorryPage(localeOf(request), error.code === 'unknown-source' ? 'gone' : 'expired', key)
    return new Response(page.text, { status: error.code === 'unknown-source' ? 404 : 410, headers: hosted.headers(page, null) })
  }
}
