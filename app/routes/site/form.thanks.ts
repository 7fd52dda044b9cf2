import { hosted, shownForm } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { publicPage } from '~/http'
import { localeOf } from '~/i18n/locale'

/** What somebody sees after sending without a script: thanks, and the receipt that proves it. */
export const loader = publicPage({}, async ({ params, request, now }) => {
  const { searchParams } = new URL(request.url)
  try {
    const shown = await shownForm(params['key'] ?? '', now, searchParams.get('lang'), localeOf(request))
    const receipt = searchParams.get('receipt') ?? ''
    const page = hosted.thanksPage(shown, { receipt: /^rcp_[0-9a-z]{39}$/.test(receipt) ? receipt : null, awaitsConfirmation: searchParams.get('mail') === '1' })
    return new Response(page.text, { headers: hosted.headers(page, shown.form) })
  } catch (error) {
    if (!isRefusal(error)) throw error
    const page = hosted.sorryPage(localeOf(request), 'gone')
    return new Response(page.text, { status: 404, headers: hosted.headers(page, null) })
  }
})
