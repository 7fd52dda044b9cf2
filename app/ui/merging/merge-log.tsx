import { useTranslation } from 'react-i18next'
import { LinkButton } from '../primitives/button'
import { Moment } from '../primitives/numbers'
import type { MergeView } from './types'

/** Merges of a person or a company, each with the way back. */
export function MergeLog({ merges, mayWrite }: { merges: readonly MergeView[]; mayWrite: boolean }) {
  const { t } = useTranslation('merging')
  if (merges.length === 0) return <p className="text-13 text-muted">{t('log.none')}</p>
  return (
    <ul className="flex flex-col gap-3 text-13">
      {merges.map((merge) => (
        <li key={merge.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>{t('log.line', { gone: merge.gone.name, kept: merge.kept.name })}</span>
          <span className="text-muted"><Moment at={merge.at} style="moment" />{merge.actor !== null && ` · ${merge.actor}`}</span>
          {merge.splitAt !== null && <span className="text-muted">{t('log.split')} <Moment at={merge.splitAt} style="moment" /></span>}
          {merge.splitAt === null && mayWrite && <LinkButton size="s" className="ml-auto" to={`/merges/${merge.id}/split`} aria-label={t('log.splitOne', { gone: merge.gone.name })}>{t('split.do')}</LinkButton>}
        </li>
      ))}
    </ul>
  )
}
