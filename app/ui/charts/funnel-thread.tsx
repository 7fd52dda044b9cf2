import { Link } from '@remix-run/react'
import { useId, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import { FunnelSteps } from './funnel-steps'
import { FunnelTable } from './funnel-table'
import { HEIGHT, STAGE_X, stageShapes, WIDTH } from './funnel-geometry'
import { ThreadDrawing } from './thread-drawing'
import type { FunnelStage, FunnelThreadProps } from './funnel-types'

export type { FunnelStage, FunnelThreadProps } from './funnel-types'

const at = (x: number, y?: number): CSSProperties => ({ left: `${(x / WIDTH) * 100}%`, ...(y === undefined ? {} : { top: y }) })

/** The cohort funnel as a narrowing thread. Drawn on the server; every number is a link to its leads. */
export function FunnelThread({ stages, exposure, expectedWon }: FunnelThreadProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replaceAll(':', '')
  const shapes = stageShapes(stages)
  const count = (stage: string) => stages.find((one) => one.id === stage)?.count ?? 0
  const sum = (pick: (stage: FunnelStage) => number | undefined) => stages.reduce((total, stage) => total + (pick(stage) ?? 0), 0)
  const numbers = { inquiry: count('inquiry'), qualified: count('qualified'), graded: count('graded'), won: count('won'), lost: sum((stage) => stage.lost?.count), ripening: sum((stage) => stage.ripening?.count) }
  const summary = t('funnel.summary', Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, format.number(value)])) as Record<keyof typeof numbers, string>)
  const inquired = exposure?.count !== null && exposure?.count !== undefined && exposure.count > 0 ? numbers.inquiry / exposure.count : null
  return (
    <figure className="thread">
      <figcaption className="sr">{summary}</figcaption>
      <div className="thread-wide">
        <ol className="thread-heads">
          {exposure !== undefined && (
            <li className="quiet" style={at(0)}>
              {t('funnel.exposure')}
              <To href={exposure.href}><b>{format.number(exposure.count)}</b></To>
              <small>{exposure.note ?? t('funnel.countedNotPeople')}</small>
            </li>
          )}
          {stages.map((stage, index) => (
            <li key={stage.id} style={at(STAGE_X[index] ?? 0)}>
              {t(`funnel.${stage.id}`)}
              <To href={stage.href}><b>{format.number(stage.count)}</b></To>
              {stage.note !== undefined && <small>{stage.note}</small>}
            </li>
          ))}
        </ol>
        <div className="relative mt-3" style={{ height: HEIGHT }}>
          <ThreadDrawing id={id} stages={stages} shapes={shapes} withExposure={exposure !== undefined} expectedWon={expectedWon} />
          {inquired !== null && <Note x={0} y={280}>{t('funnel.notToScale', { rate: format.percent(inquired, inquired < 0.01 ? 2 : 1) })}</Note>}
          {stages.map((stage, index) => <StageNotes key={stage.id} stage={stage} next={stages[index + 1]} shape={shapes[index]} />)}
          {expectedWon !== undefined && <Note x={STAGE_X[3]} y={(shapes[3]?.bottom ?? 140) + 14}>{t('funnel.aboutRipe', { n: format.number(expectedWon) })}</Note>}
        </div>
      </div>
      <FunnelSteps stages={stages} exposure={exposure} />
      <FunnelTable stages={stages} />
    </figure>
  )
}

function StageNotes({ stage, next, shape }: { stage: FunnelStage; next: FunnelStage | undefined; shape: ReturnType<typeof stageShapes>[number] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (shape === undefined || next === undefined) return null
  const share = (part: number) => format.percent(stage.count > 0 ? part / stage.count : null, 0)
  return (
    <>
      <Note x={shape.x + 160} y={shape.rateY}>
        <b>{format.percent(stage.count > 0 ? next.count / stage.count : null)}</b>
        {stage.toNextNote}
      </Note>
      {stage.ripening !== undefined && stage.ripening.count > 0 && (
        <Note x={shape.x} y={shape.top - 22} href={stage.ripening.href}>{t('funnel.nRipening', { n: format.number(stage.ripening.count) })}</Note>
      )}
      {stage.lost !== undefined && stage.lost.count > 0 && (
        <Note x={shape.lostX} y={262} href={stage.lost.href} second={stage.lost.note}>
          {t('funnel.nLost', { n: format.number(stage.lost.count) })} · {share(stage.lost.count)}
        </Note>
      )}
    </>
  )
}

function Note({ x, y, href, second, children }: { x: number; y: number; href?: string; second?: string; children: ReactNode }) {
  return (
    <p className="thread-note" style={at(x, y)}>
      <To href={href}>{children}</To>
      {second !== undefined && <span className="block">{second}</span>}
    </p>
  )
}

function To({ href, children }: { href: string | undefined; children: ReactNode }) {
  return href === undefined ? <>{children}</> : <Link to={href} prefetch="intent">{children}</Link>
}
