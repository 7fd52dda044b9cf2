import { useFetcher, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Dialog } from '~/ui/primitives/dialog'
import { useFormat } from '~/ui/use-format'

const filters = ['sourceId', 'state', 'since', 'until'] as const

/** Reads everything the filter shows again: says how many first, and asks. What nothing can be read from has no button. */
export function ReplayRange() {
  const { t } = useTranslation(['sources', 'common'])
  const format = useFormat()
  const [params] = useSearchParams()
  const counting = useFetcher<{ count?: number }>()
  const replaying = useFetcher<{ done?: { replayed: number; isMore: boolean }; refusal?: object; reply?: object }>()
  const asked = filters.flatMap((name): [string, string][] => { const value = params.get(name) ?? ''; return value === '' ? [] : [[name, value]] })
  const state = params.get('state')
  const isNamed = asked.some(([name]) => name !== 'until')
  if (!isNamed || state === 'duplicate' || state === 'rejected') return null
  const count = counting.state === 'idle' ? counting.data?.count : undefined
  const { done, refusal, reply } = replaying.data ?? {}
  const n = (value: number) => format.number(value)
  return (
    <>
      <span role="status" className="text-12 text-muted">
        {replaying.state !== 'idle' ? '' : done !== undefined ? t(done.isMore ? 'log.replayedPart' : 'log.replayed', { count: done.replayed, n: n(done.replayed) }) : refusal !== undefined || reply !== undefined ? t('log.notReplayed') : ''}
      </span>
      <Dialog
        title={t('log.replayAll')} alert
        trigger={<Button size="s" isPending={replaying.state !== 'idle'}>{t('log.replayAll')}</Button>}
        onOpenChange={(open) => { if (open) counting.load(`/deliveries/replays?${new URLSearchParams(asked)}`) }}
        footer={(close) => (
          <>
            <Button onPress={close}>{t('common:action.cancel')}</Button>
            <Button variant="next" isDisabled={count === undefined || count === 0} onPress={() => { replaying.submit(Object.fromEntries(asked), { method: 'post', action: '/deliveries/replays' }); close() }}>
              {t('log.replayNow')}
            </Button>
          </>
        )}
      >
        <p className="text-13 text-text-2" aria-live="polite">{count === undefined ? t('log.counting') : count === 0 ? t('log.replayNone') : t(count > 10_000 ? 'log.replayMost' : 'log.replayAsk', { count, n: n(Math.min(count, 10_000)) })}</p>
      </Dialog>
    </>
  )
}
