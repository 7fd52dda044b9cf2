import { useTranslation } from 'react-i18next'
import type { ReachProblem } from '~/domain/capture'
import type { ConnectableName } from '~/domain/capture/vocabulary'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import { CopyLine } from '~/ui/sources/copy-line'
import { ReachWarning } from '~/ui/sources/reach-warning'
import { FirstDelivery } from './first-delivery'

export type Made = {
  sourceId: string; name: string; connector: ConnectableName; hookUrl: string | null; secret: string | null; secretLabel: string | null
  keys: readonly { label: string; value: string }[]; steps: readonly string[]; reach: ReachProblem | null
}
/** Platforms that push to https addresses only. */
const tlsOnly: readonly string[] = ['google-ads', 'meta', 'linkedin']

/** Address, secret and what to do at the platform; then it waits with you for the first delivery. */
export function SourceReady({ made }: { made: Made }) {
  const { t } = useTranslation('sources')
  const { hookUrl, secret, keys } = made
  const title = hookUrl === null ? t('made.titlePulled', { name: made.name }) : t('made.title', { name: made.name, connector: t(`connector.${made.connector}`) })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/sources', label: t('new.crumb') }} />
      <PageBody narrow>
        {hookUrl !== null && (
          <PageSection title={t('made.address')}>
            <CopyLine value={hookUrl} />
            <ReachWarning problem={made.reach} needsTls={tlsOnly.includes(made.connector)} />
          </PageSection>
        )}
        {(secret !== null || keys.length > 0) && (
          <PageSection title={made.secretLabel ?? t('made.secret')}>
            {secret !== null && <CopyLine value={secret} />}
            {keys.map(({ label, value }) => <CopyLine key={label} label={label} value={value} />)}
            <p className="mt-2 text-13 text-muted">{t('made.once')}</p>
          </PageSection>
        )}
        {made.steps.length > 0 && (
          <PageSection title={t('made.steps')}>
            <ol className="flex list-decimal flex-col gap-2 pl-5 text-13">{made.steps.map((step) => <li key={step}>{step}</li>)}</ol>
          </PageSection>
        )}
        <FirstDelivery sourceId={made.sourceId} />
      </PageBody>
    </>
  )
}
