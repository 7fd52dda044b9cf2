import { formDetail, hosted } from '~/domain/capture'
import { page } from '~/http'

/** The draft as it would look, for the frame beside its editor. Nothing of it can be sent. */
export const loader = page({ permission: 'sources:read' }, async ({ ctx, params, request }) => {
  const { draft } = await formDetail(ctx, { formId: params['formId'] as never })
  const locale = new URL(request.url).searchParams.get('lang') === 'zh-CN' ? 'zh-CN' : 'en'
  const shown = hosted.formPage(hosted.previewModel(draft, locale), hosted.untouched, { isPreview: true })
  return new Response(shown.text, { headers: hosted.headers(shown, null, ["'self'"]) })
})
