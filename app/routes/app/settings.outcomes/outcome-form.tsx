import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OutcomeChoice } from '~/domain/leads'
import { junkReasons, nextStepRules, outcomes } from '~/domain/leads/vocabulary'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import { useLeadWords } from '~/ui/leads/lead-words'

type Answered = { done?: unknown; refusal?: { fields?: Record<string, string[]> }; reply?: unknown }

/** One outcome: its names, what it counts as, and what follows from it. */
export function OutcomeForm({ choice }: { choice: OutcomeChoice | null }) {
  const { t } = useTranslation('orgs')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const fetcher = useFetcher<Answered>()
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  const code = answer?.refusal?.fields?.['counts'] === undefined ? 'failed' : 'two-way-counts'
  return (
    <fetcher.Form method="post" action="/settings/outcomes" className="grid gap-3 sm:grid-cols-2">
      {answer !== undefined && answer.done === undefined && <p role="alert" className="form-alert sm:col-span-2"><span>{t(`outcomes.refused.${code}`)}</span></p>}
      {choice !== null && answer?.done !== undefined && <p role="status" className="text-13 text-won sm:col-span-2">{t('outcomes.saved')}</p>}
      {choice?.id != null && <input type="hidden" name="dispositionId" value={choice.id} />}
      <PlainField label={t('outcomes.labelEn')}>{(id) => <input id={id} name="labelEn" maxLength={40} className="input" defaultValue={choice?.labels?.en ?? ''} />}</PlainField>
      <PlainField label={t('outcomes.labelZh')}>{(id) => <input id={id} name="labelZh" maxLength={40} className="input" defaultValue={choice?.labels?.['zh-CN'] ?? ''} />}</PlainField>
      <SelectRow label={t('outcomes.base')} name="outcome" choices={outcomes.map((value) => ({ value, label: leads(`outcome.${value}`) }))} defaultValue={choice?.outcome ?? 'connected'} />
      <SelectRow label={t('outcomes.next')} name="nextStep" choices={nextStepRules.map((value) => ({ value, label: t(`outcomes.step.${value}`) }))} defaultValue={choice?.nextStep ?? 'none'} />
      <SelectRow label={t('outcomes.junk')} name="junkReason" empty={t('outcomes.noJunk')} choices={junkReasons.map((value) => ({ value, label: words.junk(value) }))} defaultValue={choice?.junkReason ?? ''} />
      <fieldset className="flex flex-col gap-1 text-13">
        <label className="flex min-h-6 items-center gap-2"><input type="checkbox" name="counts" defaultChecked={choice?.counts ?? true} />{t('outcomes.counts')}</label>
        <label className="flex min-h-6 items-center gap-2"><input type="checkbox" name="isTwoWay" defaultChecked={choice?.isTwoWay ?? false} />{t('outcomes.twoWay')}</label>
      </fieldset>
      <div><button type="submit" className="btn btn-next" disabled={fetcher.state !== 'idle'}>{choice === null ? t('outcomes.add') : t('outcomes.save')}</button></div>
    </fetcher.Form>
  )
}
