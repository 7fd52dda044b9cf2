import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, isRefusal } from '~/domain/kernel'
import { filterChoices, listFields } from '~/domain/leads'
import { advanceBulk, previewBulk, startBulk } from '~/domain/views'
import { bulkActionNames, doneAtOnce } from '~/domain/views/vocabulary'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { Answer } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'
import { deedIn, targetIn } from './asked'
import { DeedFields } from './deed-fields'

export const handle: PageHandle = { title: 'bulk' }

export const loader = page({ permission: 'leads:write' }, async ({ ctx, viewer, request }) => {
  const search = new URL(request.url).searchParams
  const [deed, target] = [deedIn(search, viewer.org.timeZone), targetIn(search)]
  const choices = { owners: (await filterChoices(ctx, {})).owners, fields: await listFields(ctx, {}) }
  const may = bulkActionNames.filter((name) => can(ctx.actor, 'leads:assign') || (name !== 'assign' && name !== 'return'))
  const preview = (deed as object | null) === null || target === null ? null : await previewBulk(ctx, { deed, target: target as never }).catch((error: unknown) => { if (isRefusal(error, 'invalid')) return null; throw error })
  return { choices, may, preview, hasTarget: target !== null, picked: target !== null && 'picked' in target ? target.picked.length : null }
})

export const action = submit({ permission: 'leads:write', form: z.object({ asked: z.string() }) }, async ({ ctx, viewer, input }) => {
  const search = new URLSearchParams(input.asked)
  const { bulkId, total } = await startBulk(ctx, { deed: deedIn(search, viewer.org.timeZone) as never, target: targetIn(search) as never })
  if (total <= doneAtOnce) await advanceBulk(ctx, { bulkId })
  return redirectTo(`/leads/bulk/${bulkId}`)
})

export default function BulkPage() {
  const { choices, may, preview, hasTarget, picked } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('lists')
  const { t: common } = useTranslation()
  const [search] = useSearchParams()
  const format = useFormat()
  const words = useLeadWords()
  const problem = useRefusal()(answer as Answer | undefined)
  const back = `/leads${search.get('search') ? `?${search.get('search') ?? ''}` : ''}`
  const kept = [...search].filter(([name]) => ['pick', 'all', 'search', 'asOf'].includes(name))
  const n = (value: number) => format.number(value)
  if (!hasTarget) return <EmptyState kind="empty" title={t('bulk.none')} action={<LinkButton to="/leads">{t('allLeads')}</LinkButton>}>{t('bulk.noneHint')}</EmptyState>
  const action = search.get('action') ?? may[0] ?? 'note'
  return (
    <>
      <PageHeader title={preview === null ? (picked === null ? t('bulk.titleAll') : t('bulk.title', { count: picked, formatted: n(picked) })) : t('bulk.willChange', { count: preview.changes, formatted: n(preview.changes), total: n(preview.total) })} crumb={{ href: back, label: t('bulk.back') }} />
      <PageBody narrow>
        {problem !== null && <p role="alert" className="form-alert mb-4">{problem}</p>}
        <Form method="get" action="/leads/bulk" className="flex flex-col gap-4">
          {kept.map(([name, value], at) => <input key={at} type="hidden" name={name} value={value} />)}
          <DeedFields action={action} may={may} choices={choices} search={search} />
          <div><Button type="submit">{t('bulk.preview')}</Button></div>
        </Form>
        {preview !== null && (
          <section className="mt-6" aria-label={t('bulk.preview')}>
            <ul className="ll-effect">
              <li><b className="tn">{n(preview.changes)}</b> {t('bulk.changes')}</li>
              <li><b className="tn">{n(preview.already)}</b> {t('bulk.already')}</li>
              <li><b className="tn">{n(preview.barred)}</b> {t('bulk.barred')}</li>
              <li><b className="tn">{n(preview.stale)}</b> {t('bulk.stale')}</li>
            </ul>
            {preview.sample.length > 0 && <p className="text-13 text-muted mt-3">{t('bulk.sample', { names: preview.sample.map((row) => words.name(row)).join(format.locale === 'zh-CN' ? '、' : ', ') })}{preview.changes > preview.sample.length ? ' …' : ''}</p>}
            {preview.isTooMany && <p role="alert" className="form-alert mt-3">{t('bulk.tooMany')}</p>}
            <Form method="post" action="/leads/bulk" className="mt-4 flex gap-2">
              <input type="hidden" name="asked" value={search.toString()} />
              <LinkButton to={back}>{common('action.cancel')}</LinkButton>
              <Button type="submit" variant="next" isDisabled={preview.changes === 0 || preview.isTooMany}>{t('bulk.confirm', { count: preview.changes, formatted: n(preview.changes) })}</Button>
            </Form>
          </section>
        )}
      </PageBody>
    </>
  )
}
