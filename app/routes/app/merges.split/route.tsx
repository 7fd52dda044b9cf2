import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { previewSplit, splitMerge } from '~/domain/merging'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LeadLines } from '~/ui/merging/lead-lines'
import { useMergeWords } from '~/ui/merging/merge-words'
import { RecordCard, recordHref } from '~/ui/merging/record-card'
import { Button } from '~/ui/primitives/button'
import { Moment } from '~/ui/primitives/numbers'

export const handle: PageHandle = { title: 'split' }

export const loader = page({ permission: 'leads:write' }, ({ ctx, params }) => previewSplit(ctx, { mergeId: params['mergeId'] as never }))

const Restored = z.object({ back: z.string().max(120), restore: z.array(z.string()).default([]) })

export const action = submit({ permission: 'leads:write', form: Restored }, async ({ ctx, input, params }) => {
  await splitMerge(ctx, { mergeId: params['mergeId'] as never, restore: input.restore as never })
  return redirectTo(/^\/(?:people|companies)\/[a-z0-9_]+$/.test(input.back) ? input.back : '/merges')
})

export default function SplitPage() {
  const { kind, kept, gone, at, leads, edited } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('merging')
  const words = useMergeWords()
  const busy = useNavigation().formMethod === 'POST'
  const problem = words.refusal(answer?.refusal?.code)
  return (
    <>
      <PageHeader title={t('split.title', { kept: kept.name, gone: gone.name })} crumb={{ href: recordHref(kept.id), label: kept.name }} />
      <PageBody>
        {problem !== null && <p role="alert" className="form-alert mb-4"><span>{problem}</span></p>}
        <Form method="post" className="max-w-[52rem]">
          <input type="hidden" name="back" value={recordHref(kept.id)} />
          <p className="mb-4 text-13 text-muted">{t('split.mergedOn')} <Moment at={at} style="moment" />. {t('split.hint')}</p>
          <div className="mg-pair mb-5">
            <RecordCard record={kept} kind={kind} heading={t('split.keeps')} />
            <RecordCard record={gone} kind={kind} heading={t('split.comesBack')} />
          </div>
          <PageSection title={t('split.leads')}><LeadLines leads={leads} empty={t('split.noLeads')} /></PageSection>
          {edited.length > 0 && (
            <PageSection title={t('split.edited')}>
              <div className="flex flex-col gap-2">
                {edited.map(({ field, now, before }) => (
                  <label key={field} className="flex min-h-6 items-start gap-2 text-14">
                    <input type="checkbox" name="restore" value={field} className="mt-1" /><span>{t('split.restore', { field: words.field(field), now: now === '' ? '—' : now, before: before === '' ? '—' : before })}</span>
                  </label>
                ))}
              </div>
            </PageSection>
          )}
          <div className="border-t border-line py-5"><Button type="submit" variant="next" isPending={busy}>{t('split.do')}</Button></div>
        </Form>
      </PageBody>
    </>
  )
}
