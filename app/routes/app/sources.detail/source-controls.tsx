import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SourceSetup } from '~/domain/capture'
import type { SourceStatus } from '~/domain/capture/vocabulary'
import { Button } from '~/ui/primitives/button'
import { ConfirmDialog } from '~/ui/primitives/dialog'
import { RotateSecret } from './rotate-secret'

/** Rotate the secret, pause, resume: each asks before it does what cannot be taken back. */
export function SourceControls({ sourceId, status, secret, words }: { sourceId: string; status: SourceStatus; secret: SourceSetup['secret']; words: { label: string; hint: string } | null }) {
  const { t } = useTranslation('sources')
  const state = useFetcher()
  const set = (next: SourceStatus) => state.submit({ status: next }, { method: 'post', action: `/sources/${sourceId}/status` })
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {secret !== null && <RotateSecret sourceId={sourceId} isTheirs={secret === 'theirs'} words={words} />}
      {status === 'active' ? (
        <ConfirmDialog title={t('one.pause')} trigger={<Button isPending={state.state !== 'idle'}>{t('one.pause')}</Button>} confirmLabel={t('one.pause')} onConfirm={() => set('paused')}>
          {t('one.pauseAsk')}
        </ConfirmDialog>
      ) : (
        <Button isPending={state.state !== 'idle'} onPress={() => set('active')}>{t('one.resume')}</Button>
      )}
    </div>
  )
}
