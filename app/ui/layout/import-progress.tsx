import { useTranslation } from 'react-i18next'
import { ProgressBar } from '../primitives/meter'
import { useFormat } from '../use-format'

type Run = { fileName: string; state: string; totalRows: number | null; doneRows: number; ranAt: Date | null }

const ETA_AFTER_MS = 5000

/** How far an import is, and after five seconds when it will be done. */
export function ImportProgress({ run, asOf }: { run: Run; asOf: Date }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const elapsed = run.ranAt === null ? 0 : asOf.getTime() - run.ranAt.getTime()
  const left = run.totalRows === null || run.doneRows === 0 || run.state !== 'running' || elapsed < ETA_AFTER_MS ? null : (elapsed / run.doneRows) * (run.totalRows - run.doneRows)
  return (
    <ProgressBar value={run.totalRows === null ? undefined : run.doneRows} max={run.totalRows ?? undefined} label={run.fileName}>
      {t('progress.rows', { done: format.number(run.doneRows), all: run.totalRows === null ? '…' : format.number(run.totalRows) })}
      {left !== null && ` · ${t('progress.left', { time: format.duration(left / 1000) })}`}
    </ProgressBar>
  )
}
