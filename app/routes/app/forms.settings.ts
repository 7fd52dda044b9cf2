import * as z from 'zod'
import { updateForm } from '~/domain/capture'
import { CreateForm } from '~/domain/capture/contract'
import { doneOrBack, submit } from '~/http'
import { LOCALES } from '~/lib/locales'

const Settings = CreateForm.extend({
  duplicates: z.string().default('inquiry'), doubleOptIn: z.string().default(''), thanksEn: z.string().default(''), thanksZh: z.string().default(''), redirect: z.string().default(''),
  origins: z.string().default(''), minSeconds: z.string().default('2'), isIndexed: z.string().default(''),
})

/** Where leads of a form go from now on, and how it behaves from its next version on. */
export const action = submit({ permission: 'sources:write', form: Settings }, async ({ ctx, input, params, request }) => {
  const { language, duplicates, doubleOptIn, thanksEn, thanksZh, redirect, origins, minSeconds, isIndexed, ...settings } = input
  const definition = {
    locales: language === 'both' ? [...LOCALES] : [language], duplicates, doubleOptIn, thanks: { en: thanksEn, 'zh-CN': thanksZh }, redirect, minSeconds, isIndexed,
    origins: origins.split(/[\s,]+/).filter((origin) => origin !== ''),
  }
  return doneOrBack(request, `/forms/${params['formId'] ?? ''}?tab=settings`, await updateForm(ctx, { formId: params['formId'] as never, settings, definition }))
})
