import { useTranslation } from 'react-i18next'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'
import type { Preview } from './merge-form'

/** Touches and inquiries by channel, before and after: the sum, because no touch changes its source. */
export function AttributionTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation('merging')
  const format = useFormat()
  if (preview.channels.length === 0) return <p className="text-13 text-muted">{t('new.noTouches')}</p>
  const cells = ({ kept, gone }: { kept: number; gone: number }) => `${format.number(kept)} + ${format.number(gone)} = ${format.number(kept + gone)}`
  return (
    <>
      <p className="mb-3 text-13">{t('new.sourcesStay')}{preview.firstTouch !== null && <> {t('new.firstTouch', { channel: preview.firstTouch.channel ?? t('new.noChannel') })} <Moment at={preview.firstTouch.at} style="day" /></>}</p>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('new.attribution')}>
        <table className="mg-fields">
          <thead><tr><th scope="col">{t('new.channel')}</th><th scope="col" className="num">{t('new.touches')}</th><th scope="col" className="num">{t('new.inquiries')}</th></tr></thead>
          <tbody>
            {preview.channels.map(({ channel, kind, touches, inquiries }) => (
              <tr key={channel ?? ''}><th scope="row"><ChannelDot kind={kind}>{channel ?? t('new.noChannel')}</ChannelDot></th><td className="tn">{cells(touches)}</td><td className="tn">{cells(inquiries)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
