import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, LinkButton } from '~/ui/primitives/button'
import { ProgressBar } from '~/ui/primitives/meter'
import { useFormat } from '~/ui/use-format'

type Answer = { done?: { replayed: number; next: string | null }; refusal?: object; reply?: object }

/** Confirms a replay and says how far it is; a long range goes page by page. Without script the first page is read. */
export function ReplayRun({ asked, total, backHref }: { asked: readonly (readonly [string, string])[]; total: number; backHref: string }) {
  const { t } = useTranslation(['sources', 'common'])
  const format = useFormat()
  const fetcher = useFetcher<Answer>()
  const [replayed, setReplayed] = useState(0)
  const [isOver, setOver] = useState(false)
  const { data, submit } = fetcher
  const query = new URLSearchParams(asked.map(([name, value]): [string, string] => [name, value])).toString()
  const failed = data !== undefined && data.done === undefined
  useEffect(() => {
    if (data?.done === undefined) return
    const { replayed: more, next } = data.done
    setReplayed((before) => before + more)
    if (next === null) return setOver(true)
    submit(new URLSearchParams([...new URLSearchParams(query), ['after', next]]), { method: 'post', action: '/deliveries/replays' })
  }, [data, submit, query])
  const isRunning = !isOver && !failed && (replayed > 0 || fetcher.state !== 'idle')
  return (
    <div className="mt-5">
      <fetcher.Form method="post" action="/deliveries/replays" className="flex flex-wrap items-center gap-3">
        {asked.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />)}
        {!isOver && <Button type="submit" variant="next" isPending={isRunning}>{t('replay.confirm', { count: total, n: total > 10_000 ? `${format.number(10_000)}+` : format.number(total) })}</Button>}
        <LinkButton to={backHref} variant={isOver ? 'next' : 'plain'}>{t(isOver ? 'replay.back' : 'common:action.cancel')}</LinkButton>
        {isRunning && replayed > 0 && <span className="w-40"><ProgressBar label={t('replay.progress')} value={Math.min(replayed, total)} max={total} /></span>}
        <span role="status" className="text-13 text-muted">{failed ? t('log.notReplayed') : replayed > 0 ? t('log.replayed', { count: replayed, n: format.number(replayed) }) : ''}</span>
      </fetcher.Form>
    </div>
  )
}
