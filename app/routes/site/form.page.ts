import { hosted, shownForm, type ShownForm } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { publicPage } from '~/http'
import { localeOf } from '~/i18n/locale'

/** The hosted page of a form. Where the visitor came from goes into hidden fields here, so that no script is needed. */
export const loader = publicPage({}, async ({ params, request, now }) => {
  const url = new URL(request.url)
  try {
    const shown = await shownForm(params['key'] ?? '', now, url.searchParams.get('lang'), localeOf(request))
    return answer(shown, url, request.headers.get('referer') ?? '')
  } catch (error) {
    if (!isRefusal(error)) throw error
    const page = hosted.sorryPage(localeOf(request), error.code === 'source-paused' ? 'closed' : 'gone')
    return new Response(page.text, { status: error.code === 'source-paused' ? 410 : 404, headers: hosted.headers(page, null) })
  }
})

function answer(shown: ShownForm, url: URL, referrer: string): Response {
  const page = hosted.formPage(hosted.formModel(shown), { ...hosted.untouched, page: url.href.slice(0, 2_000), referrer: referrer.slice(0, 2_000) }, { isIndexed: shown.form.isIndexed })
  return new Response(page.text, { headers: { ...hosted.headers(page, shown.form), Vary: 'Cookie, Accept-Language' } })
}
