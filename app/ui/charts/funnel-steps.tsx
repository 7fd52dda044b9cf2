import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import type { FunnelStage, FunnelThreadProps } from './funnel-types'

/** The same funnel on a phone: one bar a stage, cut into what went on, what ripens and what was lost. */
export function FunnelSteps({ stages, exposure }: Pick<FunnelThreadProps, 'stages' | 'exposure'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const most = Math.max(1, ...stages.map(({ count }) => count))
  return (
    <ol className="thread-phone">
      {exposure !== undefined && (
        <li className="thread-step">
          <span>{t('funnel.exposure')}</span>
          <b className="!font-normal text-muted">{format.number(exposure.count)}</b>
          <small>{exposure.note ?? t('funnel.countedNotPeople')}</small>
        </li>
      )}
      {stages.map((stage, index) => (
        <Step key={stage.id} stage={stage} next={stages[index + 1]} most={most} />
      ))}
    </ol>
  )
}

function Step({ stage, next, most }: { stage: FunnelStage; next: FunnelStage | undefined; most: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const width = (count: number) => ({ width: `${(count / most) * 100}%` })
  const onward = next?.count ?? stage.count
  const parts = [
    next === undefined ? null : format.percent(stage.count > 0 ? next.count / stage.count : null),
    stage.ripening === undefined ? null : t('funnel.nRipening', { n: format.number(stage.ripening.count) }),
    stage.lost === undefined ? null : t('funnel.nLost', { n: format.number(stage.lost.count) }),
  ].filter((part) => part !== null)
  const number = <b>{format.number(stage.count)}</b>
  return (
    <li className="thread-step">
      <span>{t(`funnel.${stage.id}`)}</span>
      {stage.href === undefined ? number : <Link to={stage.href} className="row-span-2 self-center">{number}</Link>}
      <small>{stage.note}</small>
      <span className="thread-bar" aria-hidden="true">
        <i style={width(onward)} />
        <i className="ripe" style={width(stage.ripening?.count ?? 0)} />
        <i className="gone" style={width(stage.lost?.count ?? 0)} />
      </span>
      <small className="col-span-2">{parts.join(' · ')}</small>
    </li>
  )
}
