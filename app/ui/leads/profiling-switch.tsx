import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import type { Answer } from './types'
import { useRefusal } from './use-refusal'

type Props = { person: { id: string; name: string }; isLeftOut: boolean; at: Date | null; leadId?: string; mayWrite: boolean }

/** Whether somebody counts in scores, and the switch for whoever says that they do not want it. */
export function ProfilingSwitch({ person, isLeftOut, at, leadId, mayWrite }: Props) {
  const { t } = useTranslation('score')
  const format = useFormat()
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const problem = fetcher.state === 'idle' ? refusal(fetcher.data) : null
  return (
    <fetcher.Form method="post" action={`/people/${person.id}/profiling`} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      {leadId !== undefined && <input type="hidden" name="lead" value={leadId} />}
      <span className={isLeftOut ? undefined : 'text-muted'}>{isLeftOut ? t('profiling.out', { when: format.date(at, 'day-year') }) : t('profiling.in')}</span>
      {problem !== null && <span role="alert" className="text-12 text-breach">{problem}</span>}
      {mayWrite && <button type="submit" name="leaveOut" value={isLeftOut ? 'no' : 'yes'} className="btn btn-s btn-quiet" disabled={fetcher.state !== 'idle'}>{t(isLeftOut ? 'profiling.takeIn' : 'profiling.leaveOut')}<span className="sr">: {person.name}</span></button>}
    </fetcher.Form>
  )
}
