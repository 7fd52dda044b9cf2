import { useTranslation } from 'react-i18next'
import type { FormDetail } from '~/domain/capture'
import type { QrPath } from '~/lib/qr-path'
import { PageSection } from '~/ui/layout/page-header'
import { LinkButton } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'

/** The form's own page with its code to scan, and the line that puts it into another page. */
export function ShareTab({ form, qr }: { form: FormDetail; qr: QrPath }) {
  const { t } = useTranslation('forms')
  const isLive = form.status === 'published'
  const { origins } = form.draft
  return (
    <div className="max-w-[720px]">
      {!isLive && <p className="mb-5 text-13 text-muted">{t('share.notLive')}</p>}
      <PageSection title={t('share.hosted')} aside={isLive ? <LinkButton size="s" to={`/f/${form.key}`} reloadDocument target="_blank">{t('share.open')}</LinkButton> : undefined}>
        <Copyable value={form.address} />
        <div className="mt-4 flex flex-wrap items-center gap-5">
          <svg viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`} className="size-40 rounded-md bg-white" shapeRendering="crispEdges" role="img" aria-label={t('share.qr')}><path d={qr.path} fill="#000" /></svg>
          <p className="max-w-64 text-13 text-muted">{t('share.qrHint')}</p>
        </div>
      </PageSection>
      <PageSection title={t('share.embed')}>
        <Copyable value={form.snippet} />
        <p className="mt-3 text-13 text-muted">{t('share.embedHint')}</p>
        {origins.length === 0 ? <p className="mt-2 text-13 font-medium">{t('share.noOrigins')}</p> : (
          <ul className="mt-2 list-disc pl-5 text-13">{origins.map((origin) => <li key={origin}><code>{origin}</code></li>)}</ul>
        )}
        <p className="mt-3 text-13 text-muted">{t('share.privacy')}</p>
      </PageSection>
      <PageSection title={t('share.plain')}>
        <p className="text-13 text-muted">{t('share.plainHint', { address: `/api/forms/${form.key}` })}</p>
      </PageSection>
    </div>
  )
}

function Copyable({ value }: { value: string }) {
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 break-all rounded-md border border-line px-3 py-2 text-13">{value}</code>
      <CopyButton value={value} />
    </div>
  )
}
