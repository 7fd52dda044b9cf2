import { useTranslation } from 'react-i18next'
import type { DeliveryDetail } from '~/domain/capture'
import { PageSection } from '~/ui/layout/page-header'

/** What was sent, as text and never as markup; only for those who may read it. */
export function DeliveryContent({ maySee, content }: { maySee: boolean; content: DeliveryDetail['content'] }) {
  const { t } = useTranslation('sources')
  if (content === null) return <PageSection title={t('delivery.body')}><p className="text-13 text-muted">{maySee ? t('delivery.bodyNone') : t('delivery.bodyRefused')}</p></PageSection>
  const headers = Object.entries(content.headers).map(([name, value]) => `${name}: ${value}`).join('\n')
  return (
    <>
      <PageSection title={t('delivery.headers')}><Text label={t('delivery.headers')} text={headers} /></PageSection>
      <PageSection title={t('delivery.body')}><Text label={t('delivery.body')} text={content.body} /></PageSection>
    </>
  )
}

function Text({ label, text }: { label: string; text: string }) {
  return <pre tabIndex={0} role="region" aria-label={label} className="max-h-96 overflow-auto whitespace-pre-wrap break-all rounded-md border border-line p-3 text-12">{text}</pre>
}
