import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PersonSuppression } from '~/domain/outreach'
import { liftable, liftReasons } from '~/domain/outreach/vocabulary'
import { useRefusal } from '~/ui/leads/use-refusal'
import type { Answer, ReachView } from '~/ui/leads/types'
import { useFormat } from '~/ui/use-format'

type Props = { personId: string; addresses: readonly ReachView[]; stopped: readonly PersonSuppression[]; mayWrite: boolean; mayLift: boolean }

/** Whether each address may get mail, and how that is changed: we note a wish, and lift only what we noted ourselves. */
export function MailWishes({ addresses, ...more }: Props) {
  return <ul className="grid gap-2">{addresses.map((reach) => <Wish key={reach.key} reach={reach} {...more} />)}</ul>
}

function Wish({ reach, personId, stopped, mayWrite, mayLift }: Omit<Props, 'addresses'> & { reach: ReachView }) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const stop = stopped.find(({ key }) => key === reach.key)
  const problem = fetcher.state === 'idle' ? refusal(fetcher.data) : null
  const canLift = stop !== undefined && mayLift && liftable.has(stop.reason)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="[overflow-wrap:anywhere]">{reach.shown}</span>
      {stop === undefined ? <span className="text-muted">{t('wish.open')}</span> : <b>{t(`stopped.${stop.reason}`, { since: format.date(stop.at, 'day-year') })}</b>}
      {stop !== undefined && !liftable.has(stop.reason) && <span className="text-muted">{t('wish.only')}</span>}
      {problem !== null && <span role="alert" className="text-12 text-breach">{problem}</span>}
      {stop === undefined && mayWrite && (
        <fetcher.Form method="post" action={`/people/${personId}/mail-stops`}>
          <button type="submit" name="to" value={reach.key} className="btn btn-s" disabled={fetcher.state !== 'idle'}>{t('wish.stop')}<span className="sr">: {reach.shown}</span></button>
        </fetcher.Form>
      )}
      {canLift && (
        <fetcher.Form method="post" action={`/people/${personId}/mail-lifts`} className="flex flex-wrap items-center gap-2">
          <select name="reason" className="input mail-reason" aria-label={t('wish.reason')}>{liftReasons.map((reason) => <option key={reason} value={reason}>{t(`wish.${reason}`)}</option>)}</select>
          <button type="submit" name="to" value={reach.key} className="btn btn-s" disabled={fetcher.state !== 'idle'}>{t('wish.lift')}<span className="sr">: {reach.shown}</span></button>
        </fetcher.Form>
      )}
    </li>
  )
}
