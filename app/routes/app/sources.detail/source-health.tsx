import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { AlarmWhy } from '~/ui/sources/alarm-why'
import { useFormat } from '~/ui/use-format'
import { FetchBacklog } from './fetch-backlog'
import type { Health } from './health-of'
import { PlatformList } from './platform-list'

/** What may be wrong with a source: alarms first, then what is still to be fetched, then what the platform's own list says. */
export function SourceHealth({ sourceId, health: { alarms, backlog, list, mayRetry, mayManage }, now }: { sourceId: string; health: Health; now: Date }) {
  return (
    <>
      {alarms.length > 0 && <Alarms sourceId={sourceId} alarms={alarms} mayDismiss={mayManage} />}
      {backlog !== null && <FetchBacklog sourceId={sourceId} backlog={backlog} mayRetry={mayRetry} now={now} />}
      {list !== null && <PlatformList sourceId={sourceId} list={list} mayAsk={mayManage} now={now} />}
    </>
  )
}

function Alarms({ sourceId, alarms, mayDismiss }: { sourceId: string; alarms: Health['alarms']; mayDismiss: boolean }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const dismissing = useFetcher()
  return (
    <PageSection title={t('health.alarms')}>
      <ul className="flex flex-col gap-4 text-13">
        {alarms.map(({ id, kind, since, facts }) => (
          <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-2">
            <Chip tone="breach">{t(`health.${kind}`)}</Chip>
            <div className="min-w-0 flex-1 basis-64 pt-0.5">
              <AlarmWhy kind={kind} facts={facts} /> <span className="text-muted">{t('health.since', { when: format.date(since, 'moment') })}</span>
            </div>
            {mayDismiss && (
              <dismissing.Form method="post" action={`/sources/${sourceId}/dismissals`}>
                <input type="hidden" name="alarmId" value={id} />
                <Button type="submit" size="s" isPending={dismissing.state !== 'idle'}>{t('health.dismiss')}</Button>
              </dismissing.Form>
            )}
          </li>
        ))}
      </ul>
    </PageSection>
  )
}
