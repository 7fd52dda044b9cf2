import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import type { FunnelStage } from './funnel-types'

/** The funnel in numbers, for whoever cannot or will not read the drawing. */
export function FunnelTable({ stages }: { stages: readonly FunnelStage[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const compared = stages.some(({ previous }) => previous !== undefined)
  return (
    <details className="chart-data">
      <summary>{t('chart.showData')}</summary>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{t('funnel.stage')}</th>
            <th scope="col" className="num">{t('funnel.count')}</th>
            {compared && <th scope="col" className="num">{t('funnel.previous')}</th>}
            <th scope="col" className="num">{t('funnel.ripening')}</th>
            <th scope="col" className="num">{t('funnel.lost')}</th>
            <th scope="col" className="num">{t('funnel.rate')}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, index) => {
            const next = stages[index + 1]
            return (
              <tr key={stage.id}>
                <th scope="row">{t(`funnel.${stage.id}`)}</th>
                <td className="num">{format.number(stage.count)}</td>
                {compared && <td className="num">{format.number(stage.previous)}</td>}
                <td className="num">{format.number(stage.ripening?.count)}</td>
                <td className="num">{format.number(stage.lost?.count)}</td>
                <td className="num">{format.percent(next === undefined || stage.count === 0 ? null : next.count / stage.count)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </details>
  )
}

/** What hatching, dashes and grey mean. */
export function FunnelKey() {
  const { t } = useTranslation()
  return (
    <p className="thread-key">
      <span><i className="key-ripe" aria-hidden="true" />{t('funnel.ripening')}</span>
      <span><i className="key-before" aria-hidden="true" />{t('funnel.previous')}</span>
      <span><i className="key-lost" aria-hidden="true" />{t('funnel.lost')}</span>
    </p>
  )
}
