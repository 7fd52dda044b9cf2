import { resubscribe, unsubscribePages } from '~/domain/outreach'
import { admit, redirectTo, requestFacts } from '~/http'
import { localeOf } from '~/i18n/locale'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'

/** Nothing to see by itself: the page before it. */
export const loader = ({ params }: LoaderFunctionArgs): Response => redirectTo(`/u/${encodeURIComponent(params['token'] ?? '')}`)

/** Takes an opt-out back that was a slip, by whoever holds the link. */
export async function action({ params, request }: ActionFunctionArgs): Promise<Response> {
  const { now, requestId, ip } = requestFacts()
  await admit('receipt', ip)
  await resubscribe({ token: params['token'] ?? '', now, requestId })
  const asked = new URL(request.url).searchParams.get('l')
  const page = unsubscribePages.again(asked === 'zh' ? 'zh-CN' : asked === 'en' ? 'en' : localeOf(request))
  return new Response(page.text, { headers: unsubscribePages.headers(page) })
}
