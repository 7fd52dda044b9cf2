import { Form, Link, useActionData, useLoaderData, useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { listImports, uploadImport, type ImportSummary } from '~/domain/capture'
import { importKinds } from '~/domain/capture/vocabulary'
import { page, redirectTo, submit } from '~/http'
import { ImportProgress } from '~/ui/layout/import-progress'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { Moment } from '~/ui/primitives/numbers'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'imports' }

export const loader = page({ permission: 'imports:write' }, async ({ ctx }) => ({ imports: await listImports(ctx, undefined), asOf: ctx.now }))

const Upload = z.object({ kind: z.enum(importKinds), file: z.instanceof(File).optional(), text: z.string().max(5_000_000).optional() })

export const action = submit({ permission: 'imports:write', form: Upload }, async ({ ctx, input }) => {
  const { file, text } = input
  const isFile = file !== undefined && file.size > 0
  const content = isFile ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text ?? '')
  const { importId } = await uploadImport(ctx, { kind: input.kind, fileName: isFile ? file.name.slice(-200) || 'file.csv' : 'pasted.csv', content })
  return redirectTo(`/imports/${importId}`)
})

export default function ImportsPage() {
  const { imports, asOf } = useLoaderData<typeof loader>()
  const { t } = useTranslation('imports')
  const finished = imports.filter(({ state }) => state === 'done').length
  const busy = imports.filter(({ state }) => state === 'running' || state === 'undoing' || state === 'checking')
  useRefresh(busy.length > 0)
  return (
    <>
      <PageHeader title={busy.length > 0 ? t('sentence.busy', { count: busy.length }) : finished === 0 ? t('sentence.none') : t('sentence.some', { count: finished })} />
      <PageBody>
        {busy.length > 0 && (
          <PageSection title={t('progress.title')}>
            <ul className="flex flex-col gap-2" aria-live="polite">
              {busy.map((run) => <li key={run.id}><Link className="lnk mr-3" to={`/imports/${run.id}`}>{run.fileName}</Link><ImportProgress run={run} asOf={asOf} /></li>)}
            </ul>
          </PageSection>
        )}
        <PageSection title={t('upload.title')}><UploadForm /></PageSection>
      </PageBody>
      <Earlier imports={imports} />
    </>
  )
}

const REFRESH_MS = 1500

function useRefresh(isOn: boolean): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(revalidate, REFRESH_MS)
    return () => clearInterval(timer)
  }, [isOn, revalidate])
}

function UploadForm() {
  const { t } = useTranslation('imports')
  const { t: tErrors } = useTranslation('errors')
  const answer = useActionData<typeof action>()
  const isBusy = useNavigation().state === 'submitting'
  const code = answer?.refusal?.code ?? (answer?.reply === undefined ? undefined : 'file-unreadable')
  return (
    <Form method="post" encType="multipart/form-data" className="flex max-w-[480px] flex-col gap-4">
      <fieldset className="flex flex-col gap-1">
        <legend className="field-label mb-1">{t('upload.kind')}</legend>
        {importKinds.map((kind, index) => (
          <label key={kind} className="check">
            <input type="radio" name="kind" value={kind} defaultChecked={index === 0} className="native-check" />
            <span>{t(`upload.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span className="field-label">{t('upload.file')}</span>
        <input className="input py-1" type="file" name="file" accept=".csv,.tsv,.txt,.xlsx,.vcf,.json,.ndjson,.jsonl,text/csv" aria-describedby="upload-hint" />
      </label>
      <label className="field">
        <span className="field-label">{t('upload.paste')}</span>
        <textarea className="input min-h-20" name="text" rows={3} />
      </label>
      {code !== undefined && <p className="field-error" role="alert">{tErrors(code === 'too-large' ? 'title.413' : 'hint.422')}</p>}
      <p id="upload-hint" className="field-hint">{t('upload.hint')}</p>
      <div><Button type="submit" variant="next" isPending={isBusy}>{t('upload.submit')}</Button></div>
    </Form>
  )
}

function Earlier({ imports }: { imports: readonly ImportSummary[] }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const number = (id: 'rows' | 'created' | 'updated' | 'unchanged' | 'failed'): Column<ImportSummary> =>
    ({ id, header: t(`list.${id}`), numeric: true, cell: ({ counts }) => format.number(counts[id]) })
  const columns: Column<ImportSummary>[] = [
    { id: 'file', header: t('list.file'), cell: ({ id, fileName }) => <Link className="lnk" to={`/imports/${id}`}>{fileName}</Link> },
    { id: 'kind', header: t('list.kind'), cell: ({ kind }) => t(`upload.${kind}`) },
    { id: 'state', header: t('list.state'), cell: ({ state }) => t(`state.${state}`) },
    number('rows'), number('created'), number('updated'), number('unchanged'), number('failed'),
    { id: 'started', header: t('list.started'), cell: ({ startedAt }) => <Moment at={startedAt} /> },
  ]
  return (
    <DataTable label={t('list.title')} rows={imports} columns={columns} rowId={({ id }) => id} card={{ primary: 'file', secondary: 'kind', end: 'state' }}
      empty={<EmptyState kind="empty">{t('list.empty')}</EmptyState>} />
  )
}
