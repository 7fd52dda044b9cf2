import { useTranslation } from 'react-i18next'
import type { CardFault, CardTerms } from '~/domain/scoring/contract'
import { cellsOf } from '~/ui/scoring/classes'
import { CellMap } from '~/ui/scoring/cell-map'
import { useFormat } from '~/ui/use-format'
import { ThresholdFields } from './threshold-fields'
import type { Preview } from './use-draft'

type Props = { terms: CardTerms; preview: Preview | null; faults: readonly CardFault[]; isAsking?: boolean; onThresholds?: (thresholds: CardTerms['thresholds']) => void }

/** What the card says of the open leads as they are now: the sixteen cells, and where classes begin. */
export function PreviewPart({ terms, preview, faults, isAsking, onThresholds }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const cells = cellsOf(preview?.sums ?? [], terms.thresholds)
  const change = (group: 'fit' | 'interest') => onThresholds === undefined ? undefined : (from: [number, number, number]) => onThresholds({ ...terms.thresholds, [group]: from })
  return (
    <aside className="sc-side" aria-label={t('edit.preview')}>
      <h2 className="text-14 font-semibold">{t('edit.preview')}</h2>
      <p role="status" className="mb-3 text-12 text-muted">
        {preview === null || preview.looked === 0 ? t('edit.noLeads') : preview.looked < preview.of ? t('edit.previewOfSome', { leads: format.number(preview.looked), of: format.number(preview.of) }) : t('edit.previewOf', { count: preview.looked, formatted: format.number(preview.looked) })}
        {isAsking === true && <> {t('edit.asking')}</>}
      </p>
      {preview !== null && preview.looked > 0 && <CellMap compact label={t('edit.map')} of={(cell) => ({ leads: cells.get(cell) ?? 0 })} />}
      <h2 className="mt-6 text-14 font-semibold">{t('edit.thresholds')}</h2>
      <p className="mb-1 text-12 text-muted">{t('edit.thresholdsHint')}</p>
      <ThresholdFields group="fit" from={terms.thresholds.fit} sums={preview?.sums ?? null} faults={faults} onChange={change('fit')} />
      <ThresholdFields group="interest" from={terms.thresholds.interest} sums={preview?.sums ?? null} faults={faults} onChange={change('interest')} />
    </aside>
  )
}
