import { useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { formDetail, listFormSubmissions } from '~/domain/capture'
import { can, reading } from '~/domain/kernel'
import { page, sourceChoices } from '~/http'
import { qrPath } from '~/lib/qr-path'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { LinkTabs } from '~/ui/primitives/segmented-links'
import { useFormat } from '~/ui/use-format'
import { ConsentTab } from './consent-tab'
import { FieldsTab } from './fields-tab'
import { ProblemList } from './problem-list'
import { QuarantineTab } from './quarantine-tab'
import { SettingsTab } from './settings-tab'
import { ShareTab } from './share-tab'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'form', recordOf: ({ form }) => form.name }

const tabs = ['fields', 'consent', 'settings', 'share', 'quarantine'] as const
const Search = z.object({ tab: z.enum(tabs).catch('fields') })

export const loader = page({ permission: 'sources:read', search: Search }, ({ ctx, params, search: { tab } }) =>
  reading(ctx, async (inside) => {
    const form = await formDetail(inside, { formId: params['formId'] as never })
    const mayWrite = can(ctx.actor, 'sources:write')
    return {
      form, tab, mayWrite, qr: tab === 'share' ? qrPath(form.address) : null, now: ctx.now,
      choices: tab === 'settings' && mayWrite ? await sourceChoices(inside) : null, held: tab === 'quarantine' && mayWrite ? await listFormSubmissions(inside, { formId: form.id }) : null,
    }
  }),
)

export default function FormPage() {
  const { t } = useTranslation('forms')
  const format = useFormat()
  const { form, tab, mayWrite, qr, choices, held, now } = useLoaderData<typeof loader>()
  const publish = useFetcher<Parameters<typeof ProblemList>[0]['answer']>()
  const sum = form.stats.accepted + form.stats.unconfirmed + form.stats.ignored + form.stats.discarded + form.stats.quarantined
  const state = form.status === 'published' && form.isChanged ? 'changed' : form.status
  return (
    <>
      <PageHeader title={t('one.title', { name: form.name, status: t(`status.${state}`), count: sum, month: format.number(sum) })} crumb={{ href: '/forms', label: t('crumb') }}>
        {mayWrite && form.status !== 'archived' && (
          <publish.Form method="post" action={`/forms/${form.id}/publication`} className="flex items-center gap-3">
            <span role="status" className="text-13 text-muted">{publish.data?.done === undefined ? '' : t('one.published')}</span>
            <Button type="submit" variant="next" isDisabled={!form.isChanged && form.status === 'published'} isPending={publish.state !== 'idle'}>{t('one.publish')}</Button>
          </publish.Form>
        )}
      </PageHeader>
      <LinkTabs label={t('one.tabs')} items={tabs.filter((each) => mayWrite || each !== 'quarantine').map((each) => ({ href: `?tab=${each}`, label: t(`tab.${each}`), current: each === tab, ...(each === 'quarantine' && form.stats.quarantined > 0 ? { count: format.number(form.stats.quarantined) } : {}) }))} />
      <PageBody>
        <ProblemList answer={publish.data} form={form} />
        {tab === 'fields' && <FieldsTab form={form} mayWrite={mayWrite} />}
        {tab === 'consent' && <ConsentTab form={form} mayWrite={mayWrite} />}
        {tab === 'settings' && <SettingsTab form={form} choices={choices} />}
        {tab === 'share' && qr !== null && <ShareTab form={form} qr={qr} />}
        {tab === 'quarantine' && <QuarantineTab rows={held ?? []} now={now} />}
      </PageBody>
    </>
  )
}
