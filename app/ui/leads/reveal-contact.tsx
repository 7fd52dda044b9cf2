import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../primitives/button'
import { CopyButton } from '../primitives/copy-button'
import type { Answer, ReachView } from './types'
import { useRefusal } from './use-refusal'

/** Whose number it is, and about which lead it is asked for. */
export type RevealOf = { personId?: string; companyId?: string; leadId?: string }
type Props = { reach: ReachView; of: RevealOf; mayReveal: boolean; onCall?: () => void }

/** A number or address as a link; a masked one with the button that shows it, which is noted and counted. */
export function RevealContact({ reach, of, mayReveal, onCall }: Props) {
  const { t } = useTranslation('leads')
  const { t: common } = useTranslation()
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const revealed = fetcher.data?.done as { shown: string; value: string; used: number; cap: number } | undefined
  const { shown, value } = revealed ?? reach
  const isOpen = !reach.isMasked || revealed !== undefined
  const problem = fetcher.state === 'idle' && fetcher.data !== undefined ? refusal(fetcher.data) : null
  return (
    <div className="inline-flex flex-wrap items-center gap-x-2">
      <span className="tn">{isOpen ? <ReachLink kind={reach.kind} shown={shown} value={value} onCall={onCall} /> : <>{reach.kind === 'wechat' && `${t('kind.wechat')} `}{shown}</>}</span>
      {isOpen && <CopyButton value={shown} label={`${common('action.copy')}: ${shown}`} />}
      {!isOpen && mayReveal && (
        <fetcher.Form method="post" action="/contacts/reveal">
          <input type="hidden" name="key" value={reach.key} />
          {Object.entries(of).map(([name, value]) => (value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />))}
          <Button size="s" type="submit" isPending={fetcher.state !== 'idle'} aria-label={t('reveal.label', { shown })}>{t('reveal.show')}</Button>
        </fetcher.Form>
      )}
      {revealed !== undefined && <span role="status" className="text-12 text-muted">{t('reveal.left', { used: String(revealed.used), cap: String(revealed.cap) })}</span>}
      {problem !== null && <span role="alert" className="text-12 text-breach">{problem}</span>}
    </div>
  )
}

function ReachLink({ kind, shown, value, onCall }: { kind: ReachView['kind']; shown: string; value: string; onCall?: () => void }) {
  const { t } = useTranslation('leads')
  if (kind === 'wechat') return <>{`${t('kind.wechat')} ${shown}`}</>
  if (kind === 'email') return <a className="lnk" href={`mailto:${shown}`}>{shown}</a>
  return <a className="lnk" href={`tel:${value}`} onClick={onCall}>{shown}</a>
}
