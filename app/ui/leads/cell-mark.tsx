import { useTranslation } from 'react-i18next'
import { ScoreCell } from '~/ui/primitives/score-cell'

/** Where a lead stands by its score, small: the sixteen cells and the number, with a point where somebody set it by hand. */
export function CellMark({ cell, byHand, bare = false }: { cell: number; byHand: boolean; bare?: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="cell-mark" title={t(byHand ? 'score.byHand' : 'score.cell', { cell, fit: Math.floor(cell / 10), interest: cell % 10 })}>
      <ScoreCell cell={cell} />
      {!bare && <span className="tn" aria-hidden="true">{cell}</span>}
      {byHand && <span className="cell-hand" aria-hidden="true" />}
      {byHand && <span className="sr">{t('score.setByHand')}</span>}
    </span>
  )
}
