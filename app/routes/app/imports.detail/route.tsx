import { useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { importDetail, importFields, type ImportDetail } from '~/domain/capture'
import { listFields } from '~/domain/leads'
import { page } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import { CheckStep } from './check-step'
import { MappingForm } from './mapping-form'
import { NotedRows } from './noted-rows'
import { RunStep } from './run-step'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'import', recordOf: ({ detail }) => detail.fileName }

export const loader = page({ permission: 'imports:write' }, async ({ ctx, params }) => {
  const detail = await importDetail(ctx, { importId: params['importId'] as Id<'imp'> })
  const own = detail.kind === 'leads' ? await listFields(ctx, {}) : []
  return { detail, fields: importFields[detail.kind], own: own.map(({ key, labelEn, labelZh }) => ({ key, en: labelEn, zh: labelZh })) }
})

const POLL_MS = 1000
const counted = ['rows', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const

export default function ImportPage() {
  const { detail, fields, own } = useLoaderData<typeof loader>()
  const { t } = useTranslation('imports')
  const isBusy = detail.state === 'checking' || detail.state === 'running' || detail.state === 'undoing'
  const isOpen = detail.state === 'checked'
  const ran = !isOpen && detail.state !== 'checking'
  const { plan } = detail
  usePolling(isBusy)
  const ready = detail.counts.rows - detail.counts.failed - detail.counts.skipped
  return (
    <>
      <PageHeader title={useSentence(detail)} crumb={{ href: '/imports', label: t('title') }}>
        {detail.hasResult && <LinkButton to={`/imports/${detail.id}/result`} reloadDocument>{t('result')}</LinkButton>}
      </PageHeader>
      <PageBody>
        <Steps state={detail.state} />
        <div aria-live="polite"><Counts detail={detail} /></div>
        {plan?.refusal !== undefined && <Refusal refusal={plan.refusal} />}
        {ran && <RunStep detail={detail} />}
        {isOpen && plan !== null && <PageSection title={t('check.title')}><CheckStep detail={detail} plan={plan} ready={ready} /></PageSection>}
        {isOpen && plan?.mapping != null && <MappingForm detail={detail} plan={plan} fields={fields} own={own} />}
        {(plan?.noted.length ?? 0) > 0 && <PageSection title={t('noted.title')}><NotedRows noted={plan?.noted ?? []} /></PageSection>}
      </PageBody>
    </>
  )
}

const steps = ['upload', 'columns', 'check', 'run', 'result'] as const
const stepOf = { checking: 1, failed: 1, checked: 2, running: 3, paused: 3, done: 4, undoing: 4, undone: 4 } as const

/** Where in the wizard this file is. */
function Steps({ state }: { state: ImportDetail['state'] }) {
  const { t } = useTranslation('imports')
  return (
    <ol className="mb-5 flex flex-wrap gap-x-4 gap-y-1 text-12" aria-label={t('steps.label')}>
      {steps.map((step, index) => (
        <li key={step} aria-current={index === stepOf[state] ? 'step' : undefined} className={index === stepOf[state] ? 'font-semibold' : 'text-muted'}>
          {index < stepOf[state] ? '✓ ' : `${index + 1}. `}{t(`steps.${step}`)}
        </li>
      ))}
    </ol>
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
