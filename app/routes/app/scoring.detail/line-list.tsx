import { useTranslation } from 'react-i18next'
import type { CardFault, CardLine, CriterionKind, PausedLine } from '~/domain/scoring/contract'
import type { ScoreGroup } from '~/domain/scoring/vocabulary'
import { faultsOfLine } from '~/ui/scoring/use-fault-words'
import type { ScoringNames } from '~/ui/scoring/types'
import { useFormat } from '~/ui/use-format'
import { KindChoice, LineForm } from './line-form'
import { LineRow, type LineWords } from './line-row'

/** What stands open: a line being changed, or a new one of a kind in a group. */
export type Open = { edit: string } | { add: CriterionKind; to: ScoreGroup } | null
export type EditLines = { cardId: string; open: Open; setOpen: (open: Open) => void; put: (line: CardLine) => void; remove: (key: string) => void; wrong: Record<string, string | undefined> }
type Props = { group: ScoreGroup; lines: readonly CardLine[]; base: number; names: ScoringNames; words: LineWords; faults: readonly CardFault[]; paused: readonly PausedLine[]; edit?: EditLines }

/** The lines of one group, strongest as the card has them; each opens where it stands. */
export function LineList({ group, lines, base, names, words, faults, paused, edit }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const mine = lines.filter((line) => line.group === group)
  const form = (line: CardLine | null, kind: CriterionKind) => edit === undefined ? null : (
    <LineForm key={line?.key ?? kind} line={line} kind={kind} group={group} lines={lines} names={names} words={words} wrong={edit.wrong} onSaid={(said) => { edit.put(said); edit.setOpen(null) }} onClose={() => edit.setOpen(null)} />
  )
  const adds = edit?.open != null && 'add' in edit.open && edit.open.to === group ? edit.open.add : null
  const sum = { most: mine.reduce((all, { points }) => (points > 0 ? all + points : all), group === 'fit' ? base : 0), least: mine.reduce((all, { points }) => (points < 0 ? all + points : all), group === 'fit' ? base : 0) }
  return (
    <section className="sc-lines" aria-labelledby={`of-${group}`}>
      <h2 id={`of-${group}`} className="flex items-baseline gap-2 text-14 font-semibold">{t(`group.${group}`)}<span className="text-12 font-normal text-muted">{t(`groupIs.${group}`)}</span>
        {mine.length > 0 && <span className="ml-auto text-12 font-normal text-muted tn" title={t('edit.rangeHint')}>{t('edit.range', { least: format.signed(sum.least), most: format.signed(sum.most) })}</span>}</h2>
      <ul className="mt-2 border-t border-line">
        {group === 'fit' && base !== 0 && <li className="sc-line"><p className="sc-say">{t('line.base')}</p><b className="sc-points tn">{format.signed(base)}</b>{edit !== undefined && <span className="sc-gap no-print" />}</li>}
        {mine.map((line) => {
          const isOpen = edit?.open != null && 'edit' in edit.open && edit.open.edit === line.key
          if (isOpen) return <li key={line.key} className="border-b border-line">{form(line, line.criterion.kind)}</li>
          return <LineRow key={line.key} line={line} lines={lines} words={words} faults={faultsOfLine(faults, lines, line.key)} paused={paused.find((each) => each.line === line.key)?.reason}
            edit={edit === undefined ? undefined : { cardId: edit.cardId, open: () => edit.setOpen({ edit: line.key }), remove: () => edit.remove(line.key) }} />
        })}
      </ul>
      {mine.length === 0 && adds === null && <p className="py-3 text-13 text-muted">{t(`noLines.${group}`)}</p>}
      {edit !== undefined && (adds === null ? <KindChoice group={group} onKind={(kind) => edit.setOpen({ add: kind, to: group })} /> : form(null, adds))}
    </section>
  )
}
