import { useTranslation } from 'react-i18next'
import { conflictRules, ruledFields } from '~/domain/capture/vocabulary'
import { Choice } from './values-step'
import type { Plan } from './mapping-form'

/** Whom rows match, and what a row may change of somebody who is there. */
export function ConflictsStep({ plan }: { plan: Plan }) {
  const { t } = useTranslation('imports')
  const said = plan.mapping?.options ?? {}
  const mapped = new Set(Object.values(plan.mapping?.columns ?? {}).map((target) => (typeof target === 'string' ? target : target.field)))
  const shown = ruledFields.filter((field) => mapped.has(field) || (field === 'full_name' && (mapped.has('first_name') || mapped.has('last_name'))))
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[640px] text-13 text-muted">{t('conflicts.order')}</p>
      <Choice name="match" label={t('conflicts.match')} value={said.match} options={[['off', t('conflicts.off')]]} first={t('conflicts.on')} />
      {shown.length > 0 && (
        <fieldset>
          <legend className="field-label mb-1">{t('conflicts.rules')}</legend>
          <div className="flex flex-wrap gap-4">
            {shown.map((field) => (
              <label key={field} className="field w-40">
                <span className="text-12">{t(`field.${field}`)}</span>
                <input type="hidden" name="ruled" value={field} />
                <select className="input" name="rule" defaultValue={said.rules?.[field] ?? 'fill'}>
                  {conflictRules.map((rule) => <option key={rule} value={rule}>{t(`conflicts.${rule}`)}</option>)}
                </select>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  )
}
