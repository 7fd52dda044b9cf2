import { Form } from '@remix-run/react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardLine, CriterionKind } from '~/domain/scoring/contract'
import { scoreGroups, type ScoreGroup } from '~/domain/scoring/vocabulary'
import { criterionGroups, isCounted, isCriterionKind, type CriterionGroup } from '~/ui/scoring/criterion-groups'
import { lineSaid } from '~/ui/scoring/line-said'
import type { ScoringNames } from '~/ui/scoring/types'
import { CriterionFields, Label } from './criterion-fields'
import type { LineWords } from './line-row'

const KINDS = Object.entries(criterionGroups) as [CriterionGroup, readonly CriterionKind[]][]

/** Chooses what a line asks about, by groups. Without a script the page comes back with the fields of what was chosen. */
export function KindChoice({ group, onKind }: { group: ScoreGroup; onKind: (kind: CriterionKind) => void }) {
  const { t } = useTranslation('scoring')
  return (
    <form method="get" className="flex flex-wrap items-end gap-2 py-3 no-print" onSubmit={(event) => {
      event.preventDefault()
      const kind = new FormData(event.currentTarget).get('add')
      if (typeof kind === 'string' && isCriterionKind(kind)) onKind(kind)
    }}>
      <input type="hidden" name="to" value={group} />
      <label className="field min-w-0 grow basis-56"><span className="field-label">{t('line.addTo', { group: t(`group.${group}`) })}</span>
        <select name="add" className="input" defaultValue="" required>
          <option value="" disabled>{t('line.choose')}</option>
          {KINDS.map(([about, kinds]) => <optgroup key={about} label={t(`about.${about}`)}>{kinds.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}</optgroup>)}
        </select>
      </label>
      <button type="submit" className="btn">{t('line.next')}</button>
    </form>
  )
}

type Wrong = Readonly<Record<string, string | undefined>>
type Props = { line: CardLine | null; kind: CriterionKind; group: ScoreGroup; lines: readonly CardLine[]; names: ScoringNames; words: LineWords; wrong?: Wrong; onSaid: (line: CardLine) => void; onClose: () => void }

/** One line: only the fields its criterion needs, then what it is worth and for how long. Plain fields: it is sent without a script too. */
export function LineForm({ line, kind, group, lines, names, words, wrong: given = {}, onSaid, onClose }: Props) {
  const { t } = useTranslation('scoring')
  const [wrong, setWrong] = useState<Wrong>(given)
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const texts = Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'values'))
    const said = lineSaid({ ...texts, values: form.getAll('values').filter((value) => typeof value === 'string') }, () => newKey(kind))
    if ('line' in said) return onSaid(said.line)
    setWrong(said.wrong)
    event.currentTarget.querySelector<HTMLElement>(`[name="${Object.keys(said.wrong)[0] ?? ''}"]`)?.focus()
  }
  const others = lines.filter(({ key }) => key !== line?.key)
  return (
    <Form method="post" id={`form-${line?.key ?? 'new'}`} className="sc-form" onSubmit={say} noValidate>
      <input type="hidden" name="key" value={line?.key ?? ''} />
      <input type="hidden" name="kind" value={kind} />
      <p className="text-13 font-medium">{t(`kind.${kind}`)}</p>
      <CriterionFields kind={kind} criterion={line?.criterion ?? null} names={names} words={words} wrong={wrong} />
      <div className="sc-fields">
        <Count name="points" label={t('line.points')} value={line?.points ?? null} wrong={wrong} isNeeded min={-1000} />
        <Label label={t('line.group')}><select name="group" defaultValue={line?.group ?? group} className="input">{scoreGroups.map((each) => <option key={each} value={each}>{t(`group.${each}`)}</option>)}</select></Label>
        {isCounted(kind) && <Count name="most" label={t('line.most')} unit={t('unit.times')} value={line?.most ?? null} wrong={wrong} />}
        {isCounted(kind) && <Count name="everyDays" label={t('line.every')} unit={t('unit.days')} value={line?.everyDays ?? null} wrong={wrong} />}
        <Count name="halfLifeDays" label={t('line.half')} unit={t('unit.days')} value={line?.halfLifeDays ?? null} wrong={wrong} />
        <Count name="expiresDays" label={t('line.ends')} unit={t('unit.days')} value={line?.expiresDays ?? null} wrong={wrong} />
        {others.length > 0 && (
          <Label label={t('line.onlyWith')} wide>
            <select name="onlyWith" defaultValue={line?.onlyWith ?? ''} className="input"><option value="">{t('line.always')}</option>{others.map((each) => <option key={each.key} value={each.key}>{words.criterion(each.criterion)}</option>)}</select>
          </Label>
        )}
      </div>
      <div className="flex gap-2">
        <button type="submit" className="btn">{t(line === null ? 'line.add' : 'line.keep')}</button>
        <button type="button" className="btn btn-quiet" onClick={onClose}>{t('line.close')}</button>
      </div>
    </Form>
  )
}

const newKey = (kind: string): string => `${kind}-${crypto.randomUUID().slice(0, 8)}`

function Count({ name, label, unit, value, wrong, isNeeded, min = 1 }: { name: string; label: string; unit?: string; value: number | null; wrong: Wrong; isNeeded?: boolean; min?: number }): ReactNode {
  return (
    <Label label={label} wrong={wrong[name]} name={name}>
      <span className="input input-group"><input type="number" name={name} min={min} max={name === 'points' ? 1000 : 3650} step={1} required={isNeeded} defaultValue={value ?? ''} placeholder={isNeeded === true ? undefined : '—'} className="text-right tn" aria-invalid={wrong[name] === undefined ? undefined : true} />{unit !== undefined && <span className="pr-2.5 text-12 text-muted">{unit}</span>}</span>
    </Label>
  )
}
