import { Form, Link } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Pause from 'lucide-react/icons/pause'
import Pencil from 'lucide-react/icons/pencil'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { CardFault, CardLine, PausedLine } from '~/domain/scoring/contract'
import { Chip } from '~/ui/primitives/chip'
import { useFaultWords } from '~/ui/scoring/use-fault-words'
import type { useCriterionWords } from '~/ui/scoring/use-criterion-words'
import { useFormat } from '~/ui/use-format'

export type LineWords = ReturnType<typeof useCriterionWords>
type Props = {
  line: CardLine; lines: readonly CardLine[]; words: LineWords; faults: readonly CardFault[]; paused: PausedLine['reason'] | undefined
  /** absent: it is only read */
  edit?: { cardId: string; open: () => void; remove: () => void }
}

/** A line as a sentence with its points, what is wrong with it directly below. */
export function LineRow({ line, lines, words, faults, paused, edit }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const says = useFaultWords()
  const sentence = words.criterion(line.criterion)
  const terms = words.terms(line, lines)
  return (
    <li id={`line-${line.key}`} className="sc-line">
      <div className="min-w-0">
        <p className={paused === undefined ? 'sc-say' : 'sc-say text-muted'}>{sentence}</p>
        {terms.length > 0 && <p className="text-12 text-muted">{terms.join(' · ')}</p>}
        {paused !== undefined && <p className="mt-1 flex flex-wrap items-center gap-2 text-12"><Chip tone="warn" icon={Pause}>{t('line.paused')}</Chip><span className="text-text-2">{t(`paused.${paused}`)}</span></p>}
        {faults.map(({ at, code, params }) => <p key={at + code} className="field-error mt-1"><CircleAlert className="i-s" aria-hidden="true" />{says(code, params)}</p>)}
      </div>
      <b className="sc-points tn">{format.signed(line.points)}</b>
      {edit !== undefined && (
        <span className="sc-acts no-print">
          <Link to={`?edit=${line.key}#form-${line.key}`} preventScrollReset className="btn btn-quiet btn-s btn-icon" aria-label={t('line.editOf', { line: sentence })} title={t('line.edit')}
            onClick={(event) => { event.preventDefault(); edit.open() }}><Pencil className="i" aria-hidden="true" /></Link>
          <Form method="post" action={`/scoring/${edit.cardId}/lines/${line.key}/removal`} onSubmit={(event) => { event.preventDefault(); edit.remove() }}>
            <button type="submit" className="btn btn-quiet btn-s btn-icon" aria-label={t('line.removeOf', { line: sentence })} title={t('line.remove')}><X className="i" aria-hidden="true" /></button>
          </Form>
        </span>
      )}
    </li>
  )
}
