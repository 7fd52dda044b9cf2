import { useTranslation } from 'react-i18next'
import { LeadLine } from '~/ui/merging/lead-lines'
import type { Preview } from './merge-form'

type Closing = Preview['closings'][number]

/** Which of two open leads of one interest stays, and whose it is; asked only where it is not plain. */
export function LeadChoices({ closings }: { closings: readonly Closing[] }) {
  const { t } = useTranslation('merging')
  if (closings.length === 0) return <p className="text-13 text-muted">{t('new.noLeads')}</p>
  return (
    <div className="flex flex-col gap-4">
      {closings.map((closing, index) => <LeadChoice key={closing.closes.id} closing={closing} index={index} />)}
      <p className="text-13 text-muted">{t('new.duplicateHint')}</p>
    </div>
  )
}

function LeadChoice({ closing: { stays, closes, ownerAfter, conflicts }, index }: { closing: Closing; index: number }) {
  const { t } = useTranslation('merging')
  const asksOwner = conflicts.includes('owner')
  const asksStage = conflicts.includes('stage')
  const pair = (one: Closing['stays'], other: Closing['stays']) => `${one.id} ${other.id}`
  return (
    <div className="grid gap-3">
      <fieldset className="mg-choice">
        <legend>{asksStage ? t('new.askStage') : t('new.whichStays')}</legend>
        {[[stays, closes] as const, [closes, stays] as const].map(([one, other], place) => (
          <label key={one.id}><input type="radio" name={`leads[${index}].pair`} value={pair(one, other)} required={asksStage} defaultChecked={!asksStage && place === 0} /><span><LeadLine lead={one} /></span></label>
        ))}
      </fieldset>
      {asksOwner ? (
        <fieldset className="mg-choice">
          <legend>{t('new.askOwner')}</legend>
          {[stays.owner, closes.owner].map((owner) => owner !== null && (
            <label key={owner.id}><input type="radio" name={`leads[${index}].ownerId`} value={owner.id} required /><span>{owner.name}</span></label>
          ))}
        </fieldset>
      ) : <p className="text-13 text-muted">{ownerAfter === null ? t('new.ownerNobody') : t('new.ownerIs', { name: ownerAfter.name })}</p>}
    </div>
  )
}
