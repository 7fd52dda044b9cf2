import CircleAlert from 'lucide-react/icons/circle-alert'
import Undo2 from 'lucide-react/icons/undo-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardTerms } from '~/domain/scoring/contract'
import { Button, LinkButton } from '~/ui/primitives/button'
import { ConfirmDialog } from '~/ui/primitives/dialog'
import { isCriterionKind } from '~/ui/scoring/criterion-groups'
import { withLine, withoutLine } from '~/ui/scoring/line-said'
import { useCriterionWords } from '~/ui/scoring/use-criterion-words'
import { faultsAt, useFaultWords } from '~/ui/scoring/use-fault-words'
import { LineList, type EditLines, type Open } from './line-list'
import { PreviewPart } from './preview-part'
import type { CardPage } from './route'
import { useDraft, useUnsavedGuard, type DraftState } from './use-draft'

type Answer = { reply?: { error?: Record<string, string[] | null> | null | undefined } | undefined; refusal?: { code: string } | undefined } | undefined
type Props = Pick<CardPage, 'card' | 'names' | 'preview' | 'opened'> & { wrong: Answer }

/** The draft, changed on the page and kept with one press. Lines can be added and taken away without a script, too. */
export function Editor({ card, names, preview, opened, wrong }: Props) {
  const { t } = useTranslation('scoring')
  const words = useCriterionWords(names)
  const draft = useDraft(card, preview)
  const guard = useUnsavedGuard(draft.isDirty)
  const [open, setOpen] = useState<Open>(opened.edit !== undefined ? { edit: opened.edit } : isCriterionKind(opened.add) ? { add: opened.add, to: opened.to ?? 'fit' } : null)
  const terms = (next: Partial<CardTerms>) => draft.change({ terms: { ...draft.terms, ...next } })
  const edit: EditLines = {
    cardId: card.cardId, open, setOpen, put: (line) => terms({ lines: withLine(draft.terms.lines, line) }), remove: (key) => terms({ lines: withoutLine(draft.terms.lines, key) }),
    wrong: Object.fromEntries(Object.entries(wrong?.reply?.error ?? {}).map(([field, codes]) => [field, codes?.[0]])),
  }
  const shared = { lines: draft.terms.lines, base: draft.terms.base, names, words, faults: draft.faults, paused: card.paused, edit }
  return (
    <>
      <KeepBar draft={draft} cardId={card.cardId} />
      <Problems draft={draft} />
      <div className="sc-editor">
        <div className="min-w-0">
          <div className="sc-fields mb-6">
            <label className="field sc-wide"><span className="field-label">{t('edit.note')}</span><input value={draft.note} maxLength={500} onChange={({ currentTarget }) => draft.change({ note: currentTarget.value }, false)} placeholder={t('edit.noteHint')} className="input" /></label>
            <label className="field"><span className="field-label">{t('edit.base')}</span><input type="number" step={1} value={Number.isNaN(draft.terms.base) ? '' : draft.terms.base} onChange={({ currentTarget }) => terms({ base: currentTarget.valueAsNumber })} className="input tn text-right" /></label>
          </div>
          <LineList group="fit" {...shared} />
          <LineList group="interest" {...shared} />
        </div>
        <PreviewPart terms={draft.terms} preview={draft.preview} faults={draft.faults} isAsking={draft.isAsking} onThresholds={(thresholds) => terms({ thresholds })} />
      </div>
      <ConfirmDialog title={t('guard.title')} isOpen={guard !== null} onOpenChange={(isOpen) => { if (!isOpen) guard?.stay() }} confirmLabel={t('guard.leave')} onConfirm={() => guard?.leave()}>{t('guard.text')}</ConfirmDialog>
    </>
  )
}

/** Keep and undo: always in sight while something is unsaved. */
function KeepBar({ draft, cardId }: { draft: DraftState; cardId: string }) {
  const { t } = useTranslation('scoring')
  const isBlocked = Number.isNaN(draft.terms.base) || Object.values(draft.terms.thresholds).flat().some(Number.isNaN)
  return (
    <div className="sc-keep no-print" data-dirty={draft.isDirty ? '' : undefined}>
      <span role="status" className="text-13 text-muted">{draft.isSaving ? t('edit.saving') : draft.isDirty ? t('edit.unsaved') : t('edit.saved')}</span>
      <Button variant="quiet" icon={Undo2} isDisabled={!draft.canUndo} onPress={draft.undo}>{t('edit.undo')}</Button>
      <Button variant={draft.isDirty ? 'next' : 'plain'} isDisabled={!draft.isDirty || isBlocked} isPending={draft.isSaving} onPress={draft.save}>{t('edit.save')}</Button>
      <LinkButton to={`/scoring/${cardId}/report`} variant={draft.isDirty || draft.faults.length > 0 ? 'plain' : 'next'}>{t('report.open')}</LinkButton>
    </div>
  )
}

function Problems({ draft }: { draft: DraftState }) {
  const { t } = useTranslation('scoring')
  const says = useFaultWords()
  const whole = draft.faults.filter(({ at }) => at === 'lines' || faultsAt([{ at, code: 'no-lines', params: {} }], 'base').length > 0)
  const { refusal } = draft
  return (
    <>
      {refusal !== undefined && <p role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><span>{t(refusal.code === 'stale' ? 'refusal.stale' : refusal.code === 'card-faulty' ? 'refusal.card-faulty' : refusal.code === 'card-not-draft' ? 'refusal.card-not-draft' : 'refusal.invalid')}</span></p>}
      {whole.map(({ at, code, params }) => <p key={at + code} className="field-error mb-3"><CircleAlert className="i-s" aria-hidden="true" />{says(code, params)}</p>)}
    </>
  )
}
