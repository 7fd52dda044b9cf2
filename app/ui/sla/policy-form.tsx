import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { channelKinds } from '~/domain/channels/vocabulary'
import { stages } from '~/domain/leads/vocabulary'
import { cells } from '~/domain/scoring/vocabulary'
import type { PolicyTerms } from '~/domain/sla/contract'
import { breachActs, calendarChoices, countings, nextTurns } from '~/domain/sla/vocabulary'
import { Button } from '../primitives/button'
import { MINUTES_MOST } from './minutes-most'

type Named = { id: string; name: string }
export type PolicyChoices = { channels: Named[]; sources: Named[]; productLines: Named[] }
type Props = { terms: Partial<PolicyTerms>; choices: PolicyChoices; wrong: readonly string[]; children?: ReactNode }

/** A promise, in a form that works without a script. "Preview" asks the same address with what is filled in. */
export function PolicyForm({ terms, choices, wrong, children }: Props) {
  const { t } = useTranslation(['sla', 'leads', 'channels'])
  const minutes = (name: 'firstMinutes' | 'nextMinutes', label: string, isRequired: boolean) => (
    <label className="field basis-36"><span className="field-label">{label}</span>
      <span className="input input-group"><input type="number" name={name} min={1} max={MINUTES_MOST} required={isRequired} defaultValue={terms[name] ?? ''} className="text-right tn" aria-invalid={wrong.includes(name) ? true : undefined} /><span className="pr-2.5 text-12 text-muted">{t('sla:policies.minutes')}</span></span>
    </label>
  )
  const pick = (name: 'nextAfter' | 'counting' | 'calendar' | 'atBreach', label: string, options: { id: string; label: string }[]) => (
    <label className="field basis-56 grow"><span className="field-label">{label}</span>
      <select name={name} defaultValue={terms[name] ?? options[0]?.id} className="input">{options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}</select>
    </label>
  )
  return (
    <Form method="post" className="flex flex-col gap-4">
      <label className="field max-w-[28rem]"><span className="field-label">{t('sla:policies.name')}</span><input name="name" defaultValue={terms.name ?? ''} required maxLength={80} className="input" aria-invalid={wrong.includes('name') ? true : undefined} /></label>
      <div className="flex flex-wrap gap-4">
        {minutes('firstMinutes', t('sla:policies.first'), true)}
        {pick('counting', t('sla:policies.counting'), countings.map((id) => ({ id, label: t(id === 'working' ? 'sla:policies.working' : 'sla:policies.calendarMinutes') })))}
        {pick('calendar', t('sla:policies.calendar'), ['organisation', ...calendarChoices.filter((id) => id !== 'organisation')].map((id) => ({ id, label: t(`sla:policies.${id as 'owner'}`) })))}
      </div>
      <div className="flex flex-wrap gap-4">
        {minutes('nextMinutes', t('sla:policies.next'), false)}
        {pick('nextAfter', t('sla:policies.nextAfter'), nextTurns.map((id) => ({ id, label: t(`sla:policies.${id}`) })))}
        {pick('atBreach', t('sla:policies.atBreach'), breachActs.map((id) => ({ id, label: t(`sla:policies.${id}`) })))}
      </div>
      <p className="text-12 text-muted">{t('sla:policies.nextHint')}</p>
      <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
        <legend className="sr">{t('sla:policies.for')}</legend>
        <p className="text-13"><b>{t('sla:policies.for')}</b> <span className="text-muted">{t('sla:policies.forHint')}</span></p>
        <Ticks name="channelKinds" label={t('sla:policies.kinds')} chosen={terms.channelKinds} options={channelKinds.map((id) => ({ id, name: t(`channels:kinds.${id}`) }))} />
        <Ticks name="channels" label={t('sla:policies.channels')} chosen={terms.channels} options={choices.channels} />
        <Ticks name="sources" label={t('sla:policies.sources')} chosen={terms.sources} options={choices.sources} />
        <Ticks name="productLines" label={t('sla:policies.lines')} chosen={terms.productLines} options={choices.productLines} />
        <Ticks name="stages" label={t('sla:policies.stages')} chosen={terms.stages} options={stages.map((id) => ({ id, name: t(`leads:stage.${id}`) }))} />
        <Ticks name="cells" label={t('sla:policies.cells')} chosen={terms.cells?.map(String)} options={cells.map((cell) => ({ id: String(cell), name: String(cell) }))} isGrid />
        <div className="flex flex-wrap gap-4">
          <label className="field basis-40"><span className="field-label">{t('sla:policies.customer')}</span>
            <select name="ofCustomer" defaultValue={terms.ofCustomer ?? ''} className="input"><option value="">{t('sla:policies.any')}</option><option value="yes">{t('sla:policies.yes')}</option><option value="no">{t('sla:policies.no')}</option></select>
          </label>
          <label className="field basis-40"><span className="field-label">{t('sla:policies.amount')}</span><input name="amountFrom" inputMode="decimal" defaultValue={terms.amountFrom ?? ''} className="input tn" /></label>
          <label className="field basis-28"><span className="field-label">{t('sla:policies.currency')}</span><input name="currency" maxLength={3} defaultValue={terms.currency ?? ''} className="input" /></label>
        </div>
      </fieldset>
      {children}
      <div className="flex gap-3">
        <Button type="submit" variant="next">{t('sla:policies.save')}</Button>
        <Button type="submit" formMethod="get" formNoValidate={false}>{t('sla:policies.preview')}</Button>
      </div>
    </Form>
  )
}

function Ticks({ name, label, chosen = [], options, isGrid = false }: { name: string; label: string; chosen?: readonly string[]; options: readonly Named[]; isGrid?: boolean }) {
  if (options.length === 0) return null
  return (
    <fieldset>
      <legend className="field-label">{label}</legend>
      <div className={isGrid ? 'grid w-fit grid-cols-4 gap-x-5' : 'flex max-h-40 flex-wrap gap-x-5 overflow-y-auto'}>
        {options.map((option) => <label key={option.id} className="check"><input type="checkbox" name={name} value={option.id} defaultChecked={chosen.includes(option.id)} className="native-check" /><span>{option.name}</span></label>)}
      </div>
    </fieldset>
  )
}
