import { useTranslation } from 'react-i18next'
import { ProgressBar } from '~/ui/primitives/meter'
import { useFormat } from '~/ui/use-format'

type Progress = { total: number; done: number; changed: number; secondsLeft: number | null }

/** How far the leads are scored anew by the card in force. */
export function RescoringProgress({ progress: { total, done, changed, secondsLeft }, version }: { progress: Progress; version: number | null }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  return (
    <section className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 text-13" aria-live="polite">
      <b className="font-medium">{version === null ? t('progress.title') : t('progress.by', { version })}</b>
      <ProgressBar value={done} max={Math.max(1, total)} label={t('progress.title')}>{t('progress.of', { done: format.number(done), total: format.number(total) })}</ProgressBar>
      <span className="text-text-2">{t('progress.changed', { count: changed, formatted: format.number(changed) })}</span>
      {secondsLeft !== null && <span className="text-muted">{t('progress.left', { time: format.duration(secondsLeft) })}</span>}
    </section>
  )
}
