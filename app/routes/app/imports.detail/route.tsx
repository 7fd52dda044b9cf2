import { Form, useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { importDetail, importFields, type ImportDetail } from '~/domain/capture'
import { page } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import { Button, LinkButton } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import { MappingForm } from './mapping-form'
import { NotedRows } from './noted-rows'

export const loader = page({ permission: 'imports:write' }, async ({ ctx, params }) => {
  const detail = await importDetail(ctx, { importId: params['importId'] as Id<'imp'> })
  return { detail, fields: importFields[detail.kind] }
})

const POLL_MS = 1000
const counted = ['rows', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const

export default function ImportPage() {
  const { detail, fields } = useLoaderData<typeof loader>()
  const { t } = useTranslation('imports')
  const isBusy = detail.state === 'checking' || detail.state === 'running'
  usePolling(isBusy)
  const ready = detail.counts.rows - detail.counts.failed - detail.counts.skipped
  return (
    <>
      <PageHeader title={useSentence(detail)} crumb={{ href: '/imports', label: t('title') }}>
        {detail.hasResult && <LinkButton to={`/imports/${detail.id}/result`} reloadDocument>{t('result')}</LinkButton>}
        {detail.state === 'checked' && ready > 0 && (
          <Form method="post" action={`/imports/${detail.id}/run`}>
            <Button type="submit" variant="next">{t('run', { n: ready })}</Button>
          </Form>
        )}
      </PageHeader>
      <PageBody>
        <div aria-live="polite"><Counts detail={detail} /></div>
        {detail.plan?.refusal !== undefined && <Refusal refusal={detail.plan.refusal} />}
        {detail.plan?.mapping != null && <PageSection title={t('mapping.title')}><MappingForm detail={detail} plan={detail.plan} fields={fields} /></PageSection>}
        {(detail.plan?.noted.length ?? 0) > 0 && <PageSection title={t('noted.title')}><NotedRows noted={detail.plan?.noted ?? []} /></PageSection>}
      </PageBody>
    </>
  )
}

function usePolling(isOn: boolean): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(revalidate, POLL_MS)
    return () => clearInterval(timer)
  }, [isOn, revalidate])
}

function useSentence({ state, fileName: file, counts }: ImportDetail): string {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const n = (value: number) => format.number(value)
  if (state === 'checked') return t('sentence.checked', { file, rows: n(counts.rows), ok: n(counts.rows - counts.failed - counts.skipped) })
  return t(`sentence.${state}`, { file, rows: n(counts.rows), created: n(counts.created), updated: n(counts.updated), failed: n(counts.failed) })
}

function Counts({ detail: { counts } }: { detail: ImportDetail }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  return (
    <dl className="mb-5 flex flex-wrap gap-x-8 gap-y-3">
      {counted.map((name) => (
        <div key={name}>
          <dt className="text-12 text-muted">{t(`count.${name}`)}</dt>
          <dd className="tn text-20 font-semibold">{format.number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  )
}

function Refusal({ refusal: { params, fields } }: { refusal: NonNullable<NonNullable<ImportDetail['plan']>['refusal']> }) {
  const { t } = useTranslation('imports')
  const why = params['why']
  const said = why === undefined
    ? t('refused', { problems: Object.values(fields).flat().join(', ') })
    : t(`unreadable.${String(why)}` as 'unreadable.empty', { line: params['line'], header: params['header'] })
  return <p className="field-error mb-4" role="alert">{said}</p>
}
