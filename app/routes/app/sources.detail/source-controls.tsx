import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SourceStatus } from '~/domain/capture/vocabulary'
import { Button } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'
import { ConfirmDialog } from '~/ui/primitives/dialog'

/** Rotate the secret, pause, resume: each asks before it does what cannot be taken back. */
export function SourceControls({ sourceId, status }: { sourceId: string; status: SourceStatus }) {
  const { t } = useTranslation('sources')
  const secret = useFetcher<{ done?: { secret: string } }>()
  const state = useFetcher()
  const set = (next: SourceStatus) => state.submit({ status: next }, { method: 'post', action: `/sources/${sourceId}/status` })
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <ConfirmDialog
          title={t('one.rotate')} trigger={<Button isPending={secret.state !== 'idle'}>{t('one.rotate')}</Button>} confirmLabel={t('one.rotate')} danger={false}
          onConfirm={() => secret.submit({}, { method: 'post', action: `/sources/${sourceId}/secret` })}
        >
          {t('one.rotateAsk')}
        </ConfirmDialog>
        {status === 'active' ? (
          <ConfirmDialog title={t('one.pause')} trigger={<Button isPending={state.state !== 'idle'}>{t('one.pause')}</Button>} confirmLabel={t('one.pause')} onConfirm={() => set('paused')}>
            {t('one.pauseAsk')}
          </ConfirmDialog>
        ) : (
          <Button isPending={state.state !== 'idle'} onPress={() => set('active')}>{t('one.resume')}</Button>
        )}
      </div>
      {secret.data?.done !== undefined && (
        <div role="status">
          <p className="text-13 font-medium">{t('one.rotated')}</p>
          <div className="mt-1 flex items-center gap-2">
            <code className="min-w-0 flex-1 break-all rounded-md border border-line px-3 py-2 text-13">{secret.data.done.secret}</code>
            <CopyButton value={secret.data.done.secret} />
          </div>
          <p className="mt-1 text-12 text-muted">{t('made.once')}</p>
        </div>
      )}
    </div>
  )
}
