import { useTranslation } from 'react-i18next'
import type { QueueTab } from '~/domain/leads/vocabulary'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'

/** The end of the queue says what reopens, and when. */
export function EmptyQueue({ tab, returnsAt }: { tab: QueueTab; returnsAt: Date | null }) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const all = <LinkButton to="/leads?owner=me">{t('all')}</LinkButton>
  if (tab === 'later') return <div className="q-card"><EmptyState kind="empty" title={t('emptyLater')} action={all}>{t('emptyLaterHint')}</EmptyState></div>
  if (tab === 'done') return <div className="q-card"><EmptyState kind="empty" title={t('emptyDone')} action={all}>{t('emptyDoneHint')}</EmptyState></div>
  return (
    <div className="q-card">
      <EmptyState kind="empty" title={t('emptyNow')} action={all}>
        {returnsAt === null ? t('emptyNowNone') : t('emptyNowLater', { when: format.date(returnsAt, 'moment') })}
      </EmptyState>
    </div>
  )
}
