import { unsubscribe, unsubscribePages } from '~/domain/outreach'
import { admit, publicPage, requestFacts } from '~/http'
import { localeOf } from '~/i18n/locale'
import type { Locale } from '~/lib/locales'
import type { ActionFunctionArgs } from '@remix-run/node'

/** The mail's language stands in its link, so that the page need not ask whose it is. */
const languageOf = (request: Request): Locale => {
  const asked = new URL(request.url).searchParams.get('l')
  return asked === 'zh' ? 'zh-CN' : asked === 'en' ? 'en' : localeOf(request)
}
const shown = (page: ReturnType<typeof unsubscribePages.ask>) => new Response(page.text, { headers: unsubscribePages.headers(page) })

/** Changes nothing: mail scanners open links. */
export const loader = publicPage({}, ({ params, request }) => Promise.resolve(shown(unsubscribePages.ask(languageOf(request), params['token'] ?? ''))))

/** RFC 8058: mail programs post here without a cookie or an Origin, and want 200 without a redirect. The token is the proof. */
export async function action({ params, request }: ActionFunctionArgs): Promise<Response> {
  const { now, requestId, ip } = requestFacts()
  await admit('receipt', ip)
  const token = params['token'] ?? ''
  await unsubscribe({ token, now, requestId })
  return shown(unsubscribePages.done(languageOf(request), token))
}
