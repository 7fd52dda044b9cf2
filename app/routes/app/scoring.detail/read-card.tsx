import { useTranslation } from 'react-i18next'
import { useCriterionWords } from '~/ui/scoring/use-criterion-words'
import { LineList } from './line-list'
import { PreviewPart } from './preview-part'
import type { CardPage } from './route'

/** A card that was published once: it can be read, never changed. */
export function ReadCard({ card, names, preview }: Pick<CardPage, 'card' | 'names' | 'preview'>) {
  const { t } = useTranslation('scoring')
  const words = useCriterionWords(names)
  const shared = { lines: card.terms.lines, base: card.terms.base, names, words, faults: [], paused: card.paused }
  return (
    <>
      <p className="mb-4 max-w-[80ch] text-13 text-muted">{t(card.state === 'draft' ? 'card.readDraft' : 'card.readOnly')}</p>
      <div className="sc-editor">
        <div className="min-w-0"><LineList group="fit" {...shared} /><LineList group="interest" {...shared} /></div>
        <PreviewPart terms={card.terms} preview={preview} faults={[]} />
      </div>
    </>
  )
}
